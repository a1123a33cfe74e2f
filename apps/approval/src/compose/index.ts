// approval as a list of parts. Tests also call it, with their own database, broker, services and clock.
import { ApprovalServiceDefinition } from '@hengji/contracts/approval/v1/approval_service';
import { READERS } from '@hengji/contracts';
import { EnforcementServiceDefinition } from '@hengji/contracts/enforcement/v1/enforcement_service';
import { ParticipantServiceDefinition } from '@hengji/contracts/enforcement/v1/participant_service';
import { clientsPart, createLog, grpcClient, grpcServer, grpcService, healthServer, type Part, tracing } from '@hengji/host';
import { connectKafka, consumer, databasePart, kafkaOf, outboxRelay, parkingService, republishing, writeProbe } from '@hengji/messaging';
import { participation } from '@hengji/participation';
import { acting, keepAsked } from '@hengji/procedure';
import { approvalServer } from '../adapters/grpc/approval-server';
import { CALLERS } from '../adapters/grpc/callers';
import { decisionNoticeService } from '../adapters/grpc/decision-notice-server';
import { usccCheckService } from '../adapters/grpc/uscc-check-server';
import { openDatabase } from '../adapters/store/database';
import { DECISION_NOTICES } from '../adapters/store/decision-notices';
import { CROSS_CHECKS, EFFECTS } from '../adapters/store/effects';
import { searchTexts } from '../adapters/store/search-texts';
import { filingSnapshot } from '../adapters/store/snapshot';
import type { Config } from '../config';
import { portsOf } from './ports';

const SERVICE = 'approval';

export const compose = (config: Config, now = (): Date => new Date()): Part[] => {
  tracing.start(SERVICE, config.OTEL_EXPORTER_OTLP_ENDPOINT);
  const log = createLog(SERVICE, config.LOG_LEVEL);
  const db = openDatabase(config.DATABASE_URL);
  const kafka = connectKafka({ ...kafkaOf(config), clientId: SERVICE, log });
  const own = { caller: SERVICE, secret: config.CALLER_SECRET, deadlineMs: 5_000 };
  const enforcement = grpcClient(EnforcementServiceDefinition, config.ENFORCEMENT_ADDR, own);
  const orders = participation(
    {
      ...{ service: SERVICE, db, effects: EFFECTS, crossChecks: CROSS_CHECKS },
      ...{ enforcement, config, log, now },
    },
    DECISION_NOTICES,
  );
  const topics = [orders.subscription];
  const republish = republishing({
    ...{ service: SERVICE, db, kafka, topics, log, config, keepAsked },
    snapshots: { signer: orders.signer, sources: [filingSnapshot(now)], readers: READERS },
    owners: { enforcement: config.ENFORCEMENT_ADDR },
  });
  const acts = acting({ service: SERVICE, db, places: 'institution', signer: orders.signer, config, log, now });
  const hearing = consumer({ service: SERVICE, db, kafka, topics, seals: orders.seals, log, now });
  return [
    databasePart(db),
    clientsPart([enforcement]),
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
    searchTexts({ db, log }),
    ...republish.parts,
    grpcServer({
      host: config.GRPC_HOST,
      port: config.GRPC_PORT,
      callerSecret: config.CALLER_SECRET,
      log,
      services: [
        grpcService(ApprovalServiceDefinition, approvalServer({ db, ports: portsOf(config, now) }), CALLERS),
        decisionNoticeService(db, now),
        usccCheckService({ db, now }),
        grpcService(ParticipantServiceDefinition, orders.server, orders.callers),
        parkingService({ db, topics, seals: orders.seals, service: SERVICE, keepAsked }),
        acts.service,
        republish.service,
      ],
    }),
  ];
};
