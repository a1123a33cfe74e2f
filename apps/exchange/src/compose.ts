// exchange as a list of parts. Tests also call it, with their own database, broker, services, agencies and clock.
import { randomUUID } from 'node:crypto';
import { ParticipantServiceDefinition } from '@hengji/contracts/enforcement/v1/participant_service';
import { ExchangeServiceDefinition } from '@hengji/contracts/exchange/v1/exchange_service';
import { clientsPart, createLog, grpcServer, grpcService, healthServer, type Part } from '@hengji/host';
import { connectKafka, consumer, databasePart, kafkaOf, outboxRelay, parkingService, republishing, writeProbe } from '@hengji/messaging';
import { participation, placesTopic } from '@hengji/participation';
import { acting, keepAsked } from '@hengji/procedure';
import { approvalClient } from './adapters/clients/approval';
import { enforcementClient, packageReader } from './adapters/clients/enforcement';
import { CALLERS } from './adapters/grpc/callers';
import { exchangeServer } from './adapters/grpc/exchange-server';
import { agenciesOf, agencyClient } from './adapters/http/agency-client';
import { onCertificate } from './adapters/kafka/on-certificate';
import { CROSS_CHECKS, effects } from './adapters/store/effects';
import { batcher } from './adapters/jobs/batcher';
import { sender } from './adapters/jobs/sender';
import { openDatabase, type Tx } from './adapters/store/database';
import type { Config } from './config';

const SERVICE = 'exchange';

export const compose = (config: Config, now = (): Date => new Date()): Part[] => {
  const log = createLog(SERVICE, config.LOG_LEVEL);
  const db = openDatabase(config.DATABASE_URL);
  const kafka = connectKafka({ ...kafkaOf(config), clientId: SERVICE, log });
  const enforcement = enforcementClient(config);
  const approval = approvalClient(config.APPROVAL_ADDR, config.CALLER_SECRET);
  const packages = packageReader(config);
  const newId = randomUUID;
  const orders = participation({
    ...{ service: SERVICE, db, effects: effects(newId), crossChecks: CROSS_CHECKS },
    ...{ enforcement, config, log, now },
  });
  const topics = [orders.subscription, onCertificate, placesTopic<Tx>()];
  const republish = republishing({
    ...{ service: SERVICE, db, kafka, topics, log, config, keepAsked },
    owners: { enforcement: config.ENFORCEMENT_ADDR, certificate: config.CERTIFICATE_ADDR, approval: config.APPROVAL_ADDR },
  });
  const call = agencyClient(agenciesOf(config));
  const pollMs = config.AGENCY_POLL_MS;
  const backoff = { baseMs: config.AGENCY_RETRY_BASE_MS, capMs: config.AGENCY_RETRY_CAP_MS };
  const sending = {
    ...{ call, backoff, pollMs, readItem: packages.read },
    inFlight: config.AGENCY_IN_FLIGHT,
    inquiryMs: config.AGENCY_INQUIRY_MS,
    leaseMs: config.AGENCY_TIMEOUT_MS + config.AGENCY_RECORDING_MS,
  };
  const acts = acting({ service: SERVICE, db, places: 'institution_place', signer: orders.signer, config, log, now });
  const hearing = consumer({ service: SERVICE, db, kafka, topics, seals: orders.seals, log, now });
  return [
    databasePart(db),
    clientsPart([approval, enforcement, packages]),
    healthServer({
      service: SERVICE,
      host: config.GRPC_HOST,
      port: config.HEALTH_PORT,
      log,
      ready: writeProbe(db),
      otlpEndpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT,
      trouble: hearing.trouble,
    }),
    ...orders.parts,
    acts.chain,
    outboxRelay({ service: SERVICE, databaseUrl: config.DATABASE_URL, kafka, signer: orders.signer, log }),
    hearing,
    ...republish.parts,
    batcher({ db, approval, pollMs, heldRecheckMs: config.HELD_RECHECK_MS, filingRecheckMs: config.FILING_RECHECK_MS, newId, now, log }),
    sender({ ...sending, db, settle: orders.settle, newId, now, log }),
    grpcServer({
      host: config.GRPC_HOST,
      port: config.GRPC_PORT,
      callerSecret: config.CALLER_SECRET,
      log,
      services: [
        grpcService(ExchangeServiceDefinition, exchangeServer({ db, approval, newId, now }), CALLERS),
        grpcService(ParticipantServiceDefinition, orders.server, orders.callers),
        parkingService({ db, topics, seals: orders.seals, service: SERVICE, keepAsked }),
        acts.service,
        republish.service,
      ],
    }),
  ];
};
