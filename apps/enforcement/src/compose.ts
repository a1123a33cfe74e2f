// The parts of enforcement as a list. Tests call `compose` too, with their own database, broker, service clients and clock.
import { randomUUID } from 'node:crypto';
import { CaseServiceDefinition } from '@hengji/contracts/enforcement/v1/case_service';
import { EnforcementServiceDefinition } from '@hengji/contracts/enforcement/v1/enforcement_service';
import { clientsPart, createLog, grpcServer, grpcService, healthServer, type Part, tracing } from '@hengji/host';
import { connectKafka, consumer, databasePart, kafkaOf, outboxRelay, parkingService, republishing, writeProbe } from '@hengji/messaging';
import { placesTopic } from '@hengji/participation';
import { acting, keepAsked, namesOf } from '@hengji/procedure';
import { caseAttachments } from './adapters/store/cases/case-attachments';
import { caseWork } from './adapters/case-work';
import { neighbourClients } from './adapters/clients/neighbours';
import { ownersOf } from './adapters/clients/owners';
import { CALLERS, CASE_CALLERS } from './adapters/grpc/callers';
import { enforcementServer } from './adapters/grpc/enforcement-server';
import { onExchange } from './adapters/kafka/on-exchange';
import { onReports } from './adapters/kafka/on-reports';
import { publishOrderEvent } from './adapters/kafka/order-events';
import { orderSnapshot } from './adapters/kafka/order-snapshot';
import { orderMotion } from './adapters/order-motion';
import { proving } from './adapters/proving';
import { openDatabase, type Tx } from './adapters/store/database';
import { draftReads } from './adapters/store/drafts/draft-versions';
import { leftStore } from './adapters/store/left-store';
import { numberStore } from './adapters/store/number-store';
import { orderStore } from './adapters/store/order-store';
import { strayStore } from './adapters/store/stray-store';
import { transactions } from './adapters/store/transactions';
import { useCases } from './application/use-cases';
import type { Config } from './config';
import { titleOfStep as titleOfCaseStep } from './domain/cases/steps';
import { titleOfStep as titleOfRemedyStep } from './domain/remedies/steps';

const SERVICE = 'enforcement';

export const compose = (config: Config, now = (): Date => new Date()): Part[] => {
  tracing.start(SERVICE, config.OTEL_EXPORTER_OTLP_ENDPOINT);
  const log = createLog(SERVICE, config.LOG_LEVEL);
  const db = openDatabase(config.DATABASE_URL);
  const kafka = connectKafka({ ...kafkaOf(config), clientId: SERVICE, log });
  const neighbours = neighbourClients(config);
  const attachments = caseAttachments({ config, db, log, now });
  const proof = proving(config, db, attachments);
  const work = caseWork({ db, attachments, signer: proof.signer, log, now });
  const eachEvent = [publishOrderEvent(now, proof.signer), proof.certify, ...work.eachOrderEvent];
  const orders = orderStore(db, { seal: proof.seal, eachEvent, tasks: work.orderTasks, now });
  const enforcement = useCases({
    ...work.ports,
    ...proof.ports,
    ...neighbours,
    ...draftReads(db),
    ...{ orders, inclusions: neighbours.participants, transactions: transactions(db) },
    ...{ numbers: numberStore, leftDecisions: leftStore(db), strays: strayStore(log) },
    ...{ patienceMs: config.FENCE_PATIENCE_MS, remindAfterMs: config.REMIND_AFTER_MS, newId: randomUUID, now },
    onTrouble: ({ failure, ...trouble }) => log.warn({ err: failure, ...trouble }, 'a service did not answer; it will be asked again'),
  });
  const { driver, changes, parts } = orderMotion({ config, orders, enforcement, log, now });
  const topics = [onReports(enforcement.record), onExchange(enforcement.hearTransfer, log), placesTopic<Tx>()];
  const republish = republishing({
    ...{ service: SERVICE, db, kafka, topics, log, config, keepAsked },
    snapshots: { signer: proof.signer, sources: [orderSnapshot(proof.signer)] },
    owners: ownersOf(config),
  });
  const watch = enforcement.watch(changes);
  const names = (orderId: string, ids: readonly string[]) => namesOf(db, { kind: 'order', id: orderId }, ids);
  const server = enforcementServer({ ...enforcement, watch, orders, driver, names, answerPatienceMs: config.ANSWER_PATIENCE_MS });
  const parking = { db, topics, seals: proof.seals, service: SERVICE, keepAsked };
  const titleOfStep = (step: string) => titleOfCaseStep(step) ?? titleOfRemedyStep(step);
  const acts = acting({ service: SERVICE, db, places: 'institution_place', titleOfStep, signer: proof.signer, config, log, now });
  const hearing = consumer({ service: SERVICE, db, kafka, topics, seals: proof.seals, log, now });
  return [
    databasePart(db),
    clientsPart(Object.values(neighbours)),
    healthServer({
      ...{ service: SERVICE, host: config.GRPC_HOST, port: config.HEALTH_PORT, log },
      ready: writeProbe(db),
      trouble: hearing.trouble,
    }),
    acts.chain,
    outboxRelay({ service: SERVICE, databaseUrl: config.DATABASE_URL, kafka, signer: proof.signer, log }),
    ...work.parts,
    ...parts,
    hearing,
    ...republish.parts,
    grpcServer({
      ...{ host: config.GRPC_HOST, port: config.GRPC_PORT, callerSecret: config.CALLER_SECRET },
      log,
      services: [
        grpcService(EnforcementServiceDefinition, server, CALLERS),
        grpcService(CaseServiceDefinition, work.server(enforcement), CASE_CALLERS),
        parkingService(parking),
        acts.service,
        ...work.provinceData,
        work.tasks,
        work.documentService,
        work.remedyService(enforcement, orders),
        republish.service,
      ],
    }),
  ];
};
