// subsidy as a list of parts. Tests also call it, with their own database, broker, services and clock.
import { READERS, TOPICS } from '@hengji/contracts';
import { EnforcementServiceDefinition } from '@hengji/contracts/enforcement/v1/enforcement_service';
import { ParticipantServiceDefinition } from '@hengji/contracts/enforcement/v1/participant_service';
import { SubsidyServiceDefinition } from '@hengji/contracts/subsidy/v1/subsidy_service';
import { clientsPart, createLog, grpcClient, grpcServer, grpcService, healthServer, type Part, tracing } from '@hengji/host';
import {
  connectKafka,
  consumer,
  databasePart,
  kafkaOf,
  outboxRelay,
  parkingService,
  publish,
  republishing,
  writeProbe,
} from '@hengji/messaging';
import { checkGuard, participation, placesTopic } from '@hengji/participation';
import { acting, keepAsked, lookingUp } from '@hengji/procedure';
import { approvalClient } from './adapters/clients/approval';
import { certificateClient } from './adapters/clients/certificate';
import { CALLERS } from './adapters/grpc/callers';
import { subsidyServer } from './adapters/grpc/subsidy-server';
import { openDatabase, type Tx } from './adapters/store/database';
import { CROSS_CHECKS, EFFECTS } from './adapters/store/effects';
import { paymentStore } from './adapters/store/payment-store';
import { paymentsOfPerson } from './adapters/store/person-records';
import { subsidySnapshot } from './adapters/store/snapshot';
import type { Ports } from './application/ports';
import type { Config } from './config';

const SERVICE = 'subsidy';

const portsOf = (now: () => Date): Ports<Tx> => ({
  payments: paymentStore(),
  checkGuard,
  publish: (tx, institution, body) => publish(tx, TOPICS.subsidy, { institution, body, occurredAt: now() }),
  now,
});

export const compose = (config: Config, now = (): Date => new Date()): Part[] => {
  tracing.start(SERVICE, config.OTEL_EXPORTER_OTLP_ENDPOINT);
  const log = createLog(SERVICE, config.LOG_LEVEL);
  const db = openDatabase(config.DATABASE_URL);
  const kafka = connectKafka({ ...kafkaOf(config), clientId: SERVICE, log });
  const own = { caller: SERVICE, secret: config.CALLER_SECRET, deadlineMs: 5_000 };
  const enforcement = grpcClient(EnforcementServiceDefinition, config.ENFORCEMENT_ADDR, own);
  const approval = approvalClient(config.APPROVAL_ADDR, config.CALLER_SECRET);
  const certificates = certificateClient(config.CERTIFICATE_ADDR, config.CALLER_SECRET);
  const orders = participation({
    ...{ service: SERVICE, db, effects: EFFECTS, crossChecks: CROSS_CHECKS },
    ...{ enforcement, config, log, now },
  });
  const topics = [orders.subscription, placesTopic<Tx>()];
  const republish = republishing({
    ...{ service: SERVICE, db, kafka, topics, log, config, keepAsked },
    snapshots: { signer: orders.signer, sources: [subsidySnapshot], readers: READERS },
    owners: { enforcement: config.ENFORCEMENT_ADDR, approval: config.APPROVAL_ADDR },
  });
  const acts = acting({ service: SERVICE, db, places: 'institution_place', signer: orders.signer, config, log, now });
  const hearing = consumer({ service: SERVICE, db, kafka, topics, seals: orders.seals, log, now });
  return [
    databasePart(db),
    clientsPart([approval, certificates, enforcement]),
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
        grpcService(SubsidyServiceDefinition, subsidyServer({ db, ports: portsOf(now), approval, certificates }), CALLERS),
        grpcService(ParticipantServiceDefinition, orders.server, orders.callers),
        parkingService({ db, topics, seals: orders.seals, service: SERVICE, keepAsked }),
        acts.service,
        lookingUp(paymentsOfPerson(db)),
        republish.service,
      ],
    }),
  ];
};
