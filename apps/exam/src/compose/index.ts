// exam as a list of parts. Tests also call it, with their own database, broker, services and clock.
import { READERS } from '@hengji/contracts';
import { EnforcementServiceDefinition } from '@hengji/contracts/enforcement/v1/enforcement_service';
import { ParticipantServiceDefinition } from '@hengji/contracts/enforcement/v1/participant_service';
import { ExamServiceDefinition } from '@hengji/contracts/exam/v1/exam_service';
import { clientsPart, createLog, grpcClient, grpcServer, grpcService, healthServer, type Part, tracing } from '@hengji/host';
import { connectKafka, consumer, databasePart, kafkaOf, outboxRelay, parkingService, republishing, writeProbe } from '@hengji/messaging';
import { participation, placesTopic } from '@hengji/participation';
import { acting, keepAsked, lookingUp } from '@hengji/procedure';
import { approvalClient } from '../adapters/clients/approval';
import { CALLERS } from '../adapters/grpc/callers';
import { examServer } from '../adapters/grpc/exam-server';
import { onCertificate } from '../adapters/kafka/on-certificate';
import { openDatabase, type Tx } from '../adapters/store/database';
import { CROSS_CHECKS, EFFECTS } from '../adapters/store/effects';
import { resultsOfPerson } from '../adapters/store/person-records';
import { examSnapshot } from '../adapters/store/snapshot';
import type { Config } from '../config';
import { portsOf } from './ports';

const SERVICE = 'exam';

export const compose = (config: Config, now = (): Date => new Date()): Part[] => {
  tracing.start(SERVICE, config.OTEL_EXPORTER_OTLP_ENDPOINT);
  const log = createLog(SERVICE, config.LOG_LEVEL);
  const db = openDatabase(config.DATABASE_URL);
  const ports = portsOf(config, now);
  const kafka = connectKafka({ ...kafkaOf(config), clientId: SERVICE, log });
  const own = { caller: SERVICE, secret: config.CALLER_SECRET, deadlineMs: 5_000 };
  const enforcement = grpcClient(EnforcementServiceDefinition, config.ENFORCEMENT_ADDR, own);
  const approval = approvalClient(config.APPROVAL_ADDR, config.CALLER_SECRET);
  const orders = participation({
    ...{ service: SERVICE, db, effects: EFFECTS, crossChecks: CROSS_CHECKS },
    ...{ enforcement, config, log, now },
  });
  const topics = [orders.subscription, onCertificate, placesTopic<Tx>()];
  const republish = republishing({
    ...{ service: SERVICE, db, kafka, topics, log, config, keepAsked },
    snapshots: { signer: orders.signer, sources: [examSnapshot], readers: READERS },
    owners: { enforcement: config.ENFORCEMENT_ADDR, certificate: config.CERTIFICATE_ADDR, approval: config.APPROVAL_ADDR },
  });
  const acts = acting({ service: SERVICE, db, places: 'institution_place', signer: orders.signer, config, log, now });
  const hearing = consumer({ service: SERVICE, db, kafka, topics, seals: orders.seals, log, now });
  return [
    databasePart(db),
    clientsPart([approval, enforcement]),
    healthServer({
      service: SERVICE,
      host: config.GRPC_HOST,
      port: config.HEALTH_PORT,
      log,
      ready: writeProbe(db),
      trouble: hearing.trouble,
    }),
    ...orders.parts,
    acts.chain,
    outboxRelay({ service: SERVICE, databaseUrl: config.DATABASE_URL, kafka, signer: orders.signer, log }),
    hearing,
    ...republish.parts,
    grpcServer({
      host: config.GRPC_HOST,
      port: config.GRPC_PORT,
      callerSecret: config.CALLER_SECRET,
      log,
      services: [
        grpcService(ExamServiceDefinition, examServer({ db, ports, approval }), CALLERS),
        grpcService(ParticipantServiceDefinition, orders.server, orders.callers),
        parkingService({ db, topics, seals: orders.seals, service: SERVICE, keepAsked }),
        acts.service,
        lookingUp(resultsOfPerson(db, ports)),
        republish.service,
      ],
    }),
  ];
};
