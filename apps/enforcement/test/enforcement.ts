// enforcement under test: the process as main.ts builds it, with a separate database and separate topics. The fixture has
// a clock that can be put forward, and fakes of the other services. The test publishes the services' reports to Kafka.
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { receiptStatement, TOPICS, type Body } from '@hengji/contracts';
import type { EnforcementEvent } from '@hengji/contracts/enforcement/v1/enforcement_events';
import { CaseServiceDefinition, type CaseServiceClient } from '@hengji/contracts/enforcement/v1/case_service';
import {
  EnforcementServiceDefinition,
  type EnforcementServiceClient,
  type LedgerRow,
  type Order,
} from '@hengji/contracts/enforcement/v1/enforcement_service';
import { Receipt, type Measure } from '@hengji/contracts/enforcement/v1/order';
import { ReportEvent } from '@hengji/contracts/enforcement/v1/report_events';
import { Actor } from '@hengji/contracts/meta/v1/meta';
import { grpcClient, readConfig, type Part } from '@hengji/host';
import { AUTHORITIES } from '@hengji/province';
import {
  closeAfterSuite,
  grpcAddress,
  healthPort,
  kafkaProbe,
  query,
  sealedMessages,
  startParts,
  TEST_CALLER_SECRET,
  testDatabase,
  testEnvironment,
  testSigner,
  topicPrefix,
  until,
  type KafkaProbe,
} from '@hengji/testing';
import { compose } from '../src/compose';
import { CONFIG } from '../src/config';
import { announceYears } from './announced-years';
import { caseWalk, HANDLERS, officerOf, postOf, type CaseWalk } from './case-walk';
import { startNeighbours, type Neighbours } from './neighbours';

export const city = (officerId: string, authority = '2101'): Actor =>
  Actor.fromPartial({ officerId, role: 'CITY_OFFICER', authority, ...postOf(officerId) });
export const province = (officerId: string): Actor =>
  Actor.fromPartial({ officerId, role: 'PROVINCE_OFFICER', authority: 'LN', ...postOf(officerId) });
export const DRAFTER = city('drafter');
export const SIGNER = city('signer');

type ReportBody = Body<ReportEvent>;

export interface World {
  readonly url: string;
  healthPort(): number;
  readonly probe: KafkaProbe;
  readonly neighbours: Neighbours;
  /** Milliseconds added to the real time. */
  readonly clock: { aheadMs: number };
  /** The folder that holds the bytes of attachments, by their hash. */
  readonly objects: string;
  client(caller?: string): EnforcementServiceClient;
  caseClient(caller?: string): CaseServiceClient;
  readonly cases: CaseWalk;
  /** The address of its gRPC server. */
  address(): string;
  stop(): Promise<void>;
  start(): Promise<void>;
  restart(): Promise<void>;
  /** A draft in a separate case that is led to its end: once the draft is previewed, SIGNER may sign. */
  draft(institution: string, measures?: Measure[]): Promise<Order>;
  /** Drafted, previewed and signed. */
  sign(institution: string, measures?: Measure[]): Promise<Order>;
  get(orderId: string): Promise<Order>;
  /** Publishes reports about an institution to Kafka, each with its own id. */
  /** The service `from` seals the report; by default the service that the report names. */
  report(institution: string, ...bodies: (ReportBody & { from?: string })[]): Promise<ReportEvent[]>;
  /** Reports every requested row, until no requested row is left. */
  carryOut(order: Order): Promise<Order>;
  /** The published events about the order, in order. */
  published(orderId: string): Promise<Body<EnforcementEvent>[]>;
}

export const must = (order: Order | undefined): Order => {
  if (!order) throw new Error('an answer without an order');
  return order;
};

export const rowOf = (order: Order, effect: string, undo = false): LedgerRow => {
  const row = order.rows.find(({ ask }) => ask?.effect?.value === effect && ask.undo === undo);
  if (!row) throw new Error(`no row ${effect} in ${order.rows.map(({ ask }) => ask?.effect?.value).join(', ')}`);
  return row;
};

type Reported = Extract<ReportBody, { $case: 'rowReported' }>;

/** Signs the contents of the report, with the key of the service that it names or of another. */
export const signedAs = (report: Reported, row: LedgerRow, service = report.value.service): Reported => {
  const { receipt, ...value } = report.value;
  if (!receipt) return report;
  const of = { ...value, effect: row.ask?.effect?.value ?? '', undo: row.ask?.undo ?? false };
  return { ...report, value: { ...value, receipt: { ...receipt, signature: testSigner(service).sign(receiptStatement(of, receipt)) } } };
};

/**
 * The receipt of a row that found and changed what was signed, signed by its service; `change` is applied before the
 * signature.
 */
export const done = (order: Order, row: LedgerRow, change: Partial<Receipt> = {}): Reported =>
  signedAs(
    {
      $case: 'rowReported',
      value: {
        orderId: order.orderId,
        row: row.ask?.row ?? 0,
        service: row.service,
        // The row of a lifting has the epoch of the lifting.
        epoch: row.ask?.undo ? (order.liftings.at(-1)?.epoch ?? 0n) : order.epoch,
        receipt: Receipt.fromPartial({
          matched: row.ask?.signedCount ?? 0n,
          changed: row.ask?.signedCount ?? 0n,
          // A hold has one leaf: the hold itself.
          leaves: row.ask?.effect?.value.startsWith('HOLD_') ? 1n : (row.ask?.signedCount ?? 0n),
          root: createHash('sha256').update(`root of ${row.ask?.row}`).digest(),
          startedAt: new Date(),
          finishedAt: new Date(),
          ...change,
        }),
      },
    },
    row,
  );

export const refused = (order: Order, row: LedgerRow, reason = 'order.more_than_signed'): ReportBody => ({
  $case: 'rowRefused',
  value: { orderId: order.orderId, row: row.ask?.row ?? 0, service: row.service, reason, detail: '超过签发数量' },
});

const reportsOf = (probe: KafkaProbe): World['report'] => {
  return async (institution, ...bodies) => {
    const events = bodies.map(({ from, ...body }) => ({
      from,
      event: ReportEvent.fromPartial({
        meta: { eventId: randomUUID(), occurredAt: new Date(), institution, sequence: 0n, orderId: body.value.orderId },
        body: body as ReportBody,
      }),
    }));
    const messages = events.flatMap(({ from, event }) =>
      sealedMessages(TOPICS.reports, [event], from === undefined ? {} : { writer: from }),
    );
    await probe.produce(TOPICS.reports.name, ...messages);
    return events.map(({ event }) => event);
  };
};

const configOf = async (url: string, prefix: string, neighbours: Neighbours, over: Record<string, string>) =>
  readConfig(CONFIG, {
    ...testEnvironment(prefix, 'enforcement'),
    DATABASE_URL: url,
    APPROVAL_ADDR: neighbours.approval.address,
    EXAM_ADDR: neighbours.exam.address,
    CERTIFICATE_ADDR: neighbours.certificate.address,
    SUBSIDY_ADDR: neighbours.subsidy.address,
    EXCHANGE_ADDR: neighbours.exchange.address,
    // Long enough for an answer to show the fences on a busy machine too; specs about this wait set their own.
    FENCE_PATIENCE_MS: '15000',
    ANSWER_PATIENCE_MS: '15000',
    // Specs put the clock forward; only the spec about lost messages wants repeated requests.
    REMIND_AFTER_MS: '1000000000',
    ...over,
  });

const process = async (make: () => Part[]) => {
  let parts = make();
  let stop = await startParts(parts);
  const clients: { close(): void }[] = [];
  closeAfterSuite(async () => clients.forEach((client) => client.close()));
  const options = (caller: string) => ({ caller, secret: TEST_CALLER_SECRET, deadlineMs: 20_000 });
  return {
    client: (caller = 'gateway'): EnforcementServiceClient => {
      const client = grpcClient(EnforcementServiceDefinition, grpcAddress(parts), options(caller));
      clients.push(client);
      return client as EnforcementServiceClient;
    },
    caseClient: (caller = 'gateway'): CaseServiceClient => {
      const client = grpcClient(CaseServiceDefinition, grpcAddress(parts), options(caller));
      clients.push(client);
      return client as CaseServiceClient;
    },
    healthPort: () => healthPort(parts),
    address: () => grpcAddress(parts),
    stop: () => stop(),
    start: async () => {
      parts = make();
      stop = await startParts(parts);
    },
  };
};

/** The officers who can be named in a case: in every authority those who have opened the list of tasks. */
const rememberOfficers = async (url: string): Promise<void> => {
  const rows = AUTHORITIES.flatMap((code) => HANDLERS.map((id) => `('${code}', '${id}', '${id}')`));
  await query(url, `INSERT INTO procedure.officer (authority, id, name) VALUES ${rows.join(', ')}`);
};

/**
 * Starts the service. `over` replaces variables of its environment, `wayTo` returns the URL by which it reaches its
 * database. With `yearsAnnounced`, the coming years are loaded.
 */
export const startWorld = async (
  over: Record<string, string> = {},
  wayTo: (databaseUrl: string) => Promise<string> = async (databaseUrl) => databaseUrl,
  { yearsAnnounced = true }: { readonly yearsAnnounced?: boolean } = {},
): Promise<World> => {
  const prefix = topicPrefix();
  const probe = kafkaProbe(prefix);
  await probe.createTopics();
  const [{ url }, neighbours] = await Promise.all([testDatabase('enforcement'), startNeighbours()]);
  if (yearsAnnounced) await announceYears(url);
  await rememberOfficers(url);
  const objects = mkdtempSync(join(tmpdir(), 'hengji-attachments-'));
  closeAfterSuite(async () => rmSync(objects, { recursive: true, force: true }));
  const config = await configOf(await wayTo(url), prefix, neighbours, { ATTACHMENTS_FOLDER: objects, ...over });
  const clock = { aheadMs: 0 };
  const running = await process(() => compose(config, () => new Date(Date.now() + clock.aheadMs)));
  const report = reportsOf(probe);
  const get: World['get'] = async (orderId) => must((await running.client().getOrder({ actor: DRAFTER, orderId })).order);

  const cases = caseWalk(
    () => running.caseClient(),
    () => new Date(Date.now() + clock.aheadMs),
  );
  const draft: World['draft'] = async (institution, measures = ['CANCEL_RESULTS', 'VOID_CERTIFICATES']) => {
    const content = { scope: { institution }, measures, grounds: ['CERTIFICATES_WITHOUT_EXAM' as const], reason: '不考试就发证' };
    const rectifyBy = measures.includes('RECTIFY') ? '2099-12-31' : '';
    const drafter = { ...officerOf(institution, 'drafter'), name: '' };
    const theCase = await cases.founded(institution);
    const { caseId } = theCase;
    const { order } = await running.client().draftOrder({ requestId: randomUUID(), actor: drafter, caseId, ...content, rectifyBy });
    await cases.publish(theCase);
    return must(order);
  };

  const carryOut = async (order: Order): Promise<Order> => {
    const seen = await until(
      () => get(order.orderId),
      ({ rows }) => rows.every(({ state }) => state === 'DONE') || rows.some(({ state }) => state === 'ASKED'),
    );
    const asked = seen.rows.filter(({ state }) => state === 'ASKED');
    if (asked.length === 0) return seen;
    await report(order.scope?.institution ?? '', ...asked.map((row) => done(order, row)));
    await until(
      () => get(order.orderId),
      ({ rows }) => asked.every((row) => rows.some((now) => now.ask?.row === row.ask?.row && now.state === 'DONE')),
    );
    return carryOut(order);
  };

  return {
    ...running,
    url,
    probe,
    neighbours,
    clock,
    objects,
    cases,
    restart: async () => {
      await running.stop();
      await running.start();
    },
    draft,
    sign: async (institution, measures) => {
      const { orderId } = await draft(institution, measures);
      await running.client().previewOrder({ actor: DRAFTER, orderId });
      return must((await running.client().signOrder({ requestId: randomUUID(), actor: SIGNER, orderId })).order);
    },
    get,
    report,
    carryOut,
    published: async (orderId) =>
      (await probe.events(TOPICS.enforcement)).flatMap(({ meta, body }) => (meta?.orderId === orderId && body ? [body] : [])),
  };
};
