// certificate as a list of parts. Tests also call it, with their own database, broker, services and clock.
import { READERS } from '@hengji/contracts';
import { CertificateServiceDefinition } from '@hengji/contracts/certificate/v1/certificate_service';
import { EnforcementServiceDefinition } from '@hengji/contracts/enforcement/v1/enforcement_service';
import { ParticipantServiceDefinition } from '@hengji/contracts/enforcement/v1/participant_service';
import { clientsPart, createLog, grpcClient, grpcServer, grpcService, healthServer, type Part, tracing } from '@hengji/host';
import { connectKafka, consumer, databasePart, kafkaOf, outboxRelay, parkingService, republishing, writeProbe } from '@hengji/messaging';
import { participation, placesTopic } from '@hengji/participation';
import { acting, keepAsked, lookingUp } from '@hengji/procedure';
import { examClient } from '../adapters/clients/exam';
import { CALLERS } from '../adapters/grpc/callers';
import { certificateServer } from '../adapters/grpc/certificate-server';
import { canary } from '../adapters/kafka/canary';
import { onExchange } from '../adapters/kafka/on-exchange';
import { openDatabase, type Tx } from '../adapters/store/database';
import { CROSS_CHECKS, EFFECTS } from '../adapters/store/effects';
import { certificatesOfPerson } from '../adapters/store/person-records';
import { certificateSnapshot } from '../adapters/store/snapshot';
import type { Config } from '../config';
import { portsOf } from './ports';

const SERVICE = 'certificate';

export const compose = (config: Config, now = (): Date => new Date()): Part[] => {
  tracing.start(SERVICE, config.OTEL_EXPORTER_OTLP_ENDPOINT);
  const log = createLog(SERVICE, config.LOG_LEVEL);
  const db = openDatabase(config.DATABASE_URL);
  const ports = portsOf(config, now);
  const kafka = connectKafka({ ...kafkaOf(config), clientId: SERVICE, log });
  const own = { caller: SERVICE, secret: config.CALLER_SECRET, deadlineMs: 5_000 };
  const enforcement = grpcClient(EnforcementServiceDefinition, config.ENFORCEMENT_ADDR, own);
  const exam = examClient(config.EXAM_ADDR, config.CALLER_SECRET);
  const orders = participation({
    ...{ service: SERVICE, db, effects: EFFECTS, crossChecks: CROSS_CHECKS },
    ...{ enforcement, config, log, now },
  });
  const topics = [orders.subscription, onExchange, placesTopic<Tx>()];
  const republish = republishing({
    ...{ service: SERVICE, db, kafka, topics, log, config, keepAsked },
    snapshots: { signer: orders.signer, sources: [certificateSnapshot], readers: READERS },
    owners: { enforcement: config.ENFORCEMENT_ADDR, exchange: config.EXCHANGE_ADDR, approval: config.APPROVAL_ADDR },
  });
  const acts = acting({ service: SERVICE, db, places: 'institution_place', signer: orders.signer, config, log, now });
  const hearing = consumer({ service: SERVICE, db, kafka, topics, seals: orders.seals, log, now });
  return [
    databasePart(db),
    clientsPart([exam, enforcement]),
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
    canary({ db, log, now }),
    grpcServer({
      host: config.GRPC_HOST,
      port: config.GRPC_PORT,
      callerSecret: config.CALLER_SECRET,
      log,
      services: [
        grpcService(CertificateServiceDefinition, certificateServer({ db, ports, exam }), CALLERS),
        grpcService(ParticipantServiceDefinition, orders.server, orders.callers),
        parkingService({ db, topics, seals: orders.seals, service: SERVICE, keepAsked }),
        acts.service,
        lookingUp(certificatesOfPerson(db, ports)),
        republish.service,
      ],
    }),
  ];
};
