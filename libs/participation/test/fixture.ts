// A minimal service: one table of papers that orders may void, and one that they may hold.
import { TOPICS } from '@hengji/contracts';
import { CertificatesReinstated, CertificatesVoided, type CertificateEvent } from '@hengji/contracts/certificate/v1/certificate_events';
import { OrderCompleted, OrderIssued, OrderLifted } from '@hengji/contracts/enforcement/v1/enforcement_events';
import type { ReportEvent } from '@hengji/contracts/enforcement/v1/report_events';
import { RowAsk, Scope, type CertificateEffect, type Measure } from '@hengji/contracts/enforcement/v1/order';
import { Refusal } from '@hengji/domain-kit';
import { createLog, startAll, type CallerContext } from '@hengji/host';
import { closeAfterSuite, openDb, query, scratchDatabase, sealed, sealedNotice, testKeyConfig } from '@hengji/testing';
import { Metadata, type CallContext } from 'nice-grpc-common';
import sql from 'sql-template-tag';
import { LONG_TRANSACTION, type SqlDb, type SqlTx, type TopicSubscription } from '@hengji/messaging';
import {
  holdEffect,
  participation,
  SCOPE_COLUMNS,
  stateEffect,
  type Effect,
  type OrderContext,
  type Participation,
  type ParticipationOptions,
} from '../src';

export const INSTITUTION = 'S000021010001';
export const ANOTHER = 'S000021010002';
export const NOW = new Date('2026-03-02T02:00:00Z');

const PAPER = `
  CREATE TABLE paper (
    certificate_number text PRIMARY KEY, institution text NOT NULL, plan_id text NOT NULL, session_id text NOT NULL,
    occupation text NOT NULL, level text NOT NULL, person text NOT NULL, exam_date text NOT NULL, state text NOT NULL,
    fen bigint NOT NULL DEFAULT 100, voided_by text, voided_at timestamptz, void_document_no text, voids bigint);
  CREATE INDEX ON paper (institution, certificate_number)`;

export interface Fixture {
  readonly url: string;
  readonly db: SqlDb;
}

/** A new database with messaging's schema and the paper table. */
export const fixture = async (max = 10): Promise<Fixture> => {
  const { url } = await scratchDatabase();
  await query(url, PAPER);
  const { db, close } = openDb(url, max);
  let closed: Promise<void> | undefined;
  closeAfterSuite(() => (closed ??= close()));
  return { url, db };
};

/** Papers 1..count of an institution, ten per session, all ISSUED. */
export const addPapers = (url: string, count: number, institution = INSTITUTION): Promise<unknown> =>
  query(
    url,
    `INSERT INTO paper (certificate_number, institution, plan_id, session_id, occupation, level, person, exam_date, state)
     SELECT $1 || '263' || lpad(i::text, 6, '0'), $1, 'plan-' || (i / 100), 'session-' || (i / 10), '6-31-01-03', '3', lpad(to_hex(i), 32, '0'),
            '2026-01-' || lpad((1 + i % 28)::text, 2, '0'), 'ISSUED' FROM generate_series(1, $2::int) i`,
    [institution, count],
  );

/** A service with some papers, whose part in orders is running. */
export interface World extends Fixture {
  readonly orders: Participation<SqlTx>;
  hear(name: string, event: unknown): Promise<void>;
}

export const world = async (papers: number, over: Partial<ParticipationOptions<SqlTx>> = {}): Promise<World> => {
  const own = await fixture();
  await addPapers(own.url, papers);
  const orders = participation({
    service: 'certificate',
    db: own.db,
    effects: EFFECTS,
    enforcement: { listFences: () => Promise.resolve({ fences: [] }) },
    config: testKeyConfig('certificate'),
    log: createLog('participation-spec', 'silent'),
    now: () => new Date(),
    ...over,
  });
  closeAfterSuite(await startAll(orders.parts));
  return { ...own, orders, hear: hearing(own.db, orders.subscription) };
};

/** Number of the i-th paper. */
export const paper = (i: number, institution = INSTITUTION): string => `${institution}263${String(i).padStart(6, '0')}`;

const TARGETS = { table: 'paper', id: 'certificate_number', scope: SCOPE_COLUMNS, person: sql`t.person`, fen: sql`t.fen` };

export const VOID: Effect<SqlTx> = stateEffect<CertificateEvent>({
  ...TARGETS,
  topic: TOPICS.certificate,
  effect: 'VOID_CERTIFICATES',
  state: 'state',
  to: 'VOID',
  eligible: sql`t.state IN ('ISSUED', 'EXPIRED')`,
  facts: ['certificate_number', 'institution', 'plan_id', 'session_id', 'person', 'exam_date', 'fen'],
  fixed: true,
  set: (order) => ({ voided_by: order.orderId, voided_at: order.signedAt, void_document_no: order.documentNo, voids: order.epoch }),
  unset: ['voided_by', 'voided_at', 'void_document_no'],
  applied: ({ orderId, documentNo, now }, numbers) => ({
    $case: 'certificatesVoided',
    value: CertificatesVoided.fromPartial({ orderId, documentNo, voidedAt: now, numbers: [...numbers] }),
  }),
  undone: ({ orderId }, numbers) => ({
    $case: 'certificatesReinstated',
    value: CertificatesReinstated.fromPartial({ orderId, numbers: [...numbers] }),
  }),
});

export const HOLD: Effect<SqlTx> = holdEffect<CertificateEvent>({
  ...TARGETS,
  topic: TOPICS.certificate,
  effect: 'HOLD_ISSUING',
  held: ({ orderId }) => ({ $case: 'issuingHeld', value: { orderId } }),
  released: ({ orderId }) => ({ $case: 'issuingReleased', value: { orderId } }),
});

export const EFFECTS: Readonly<Record<string, Effect<SqlTx>>> = { VOID_CERTIFICATES: VOID, HOLD_ISSUING: HOLD };

export const scopeOf = (narrowed: Partial<Scope> = {}): Scope => Scope.fromPartial({ institution: INSTITUTION, ...narrowed });

export const orderOf = (orderId: string, over: Partial<OrderContext> = {}): OrderContext => ({
  orderId,
  documentNo: `文〔2026〕${orderId}号`,
  epoch: 1n,
  scope: scopeOf(),
  signedAt: NOW,
  rectifyBy: '',
  package: [],
  row: 1,
  signedCount: 1_000_000n,
  institution: INSTITUTION,
  now: NOW,
  undo: false,
  ...over,
});

export const askOf = (row: number, effect: CertificateEffect, over: Partial<RowAsk> = {}): RowAsk => ({
  ...RowAsk.fromPartial({ row, measure: 'VOID_CERTIFICATES', withinMinutes: 5, signedCount: 1_000n }),
  effect: { $case: 'certificate', value: effect },
  ...over,
});

export const issued = (orderId: string, rows: RowAsk[], over: { scope?: Scope; measures?: Measure[]; epoch?: bigint } = {}): OrderIssued =>
  sealed({
    ...OrderIssued.fromPartial({ orderId, documentNo: `文〔2026〕${orderId}号`, signedAt: NOW }),
    epoch: over.epoch ?? 1n,
    scope: over.scope ?? scopeOf(),
    measures: over.measures ?? ['CANCEL_RESULTS', 'VOID_CERTIFICATES'],
    rows,
  });

export const lifted = (orderId: string, rows: RowAsk[], over: { scope?: Scope } = {}): OrderLifted =>
  sealed({
    ...OrderLifted.fromPartial({ orderId, documentNo: `文〔2026〕${orderId}号解除`, reason: '复议撤销', liftedAt: NOW, epoch: 2n }),
    scope: over.scope ?? scopeOf(),
    rows,
  });

/** The message that the order, or the lifting of the whole order, is completed. */
export const completed = (orderId: string, isLifted = false): OrderCompleted =>
  sealedNotice({
    $case: 'orderCompleted',
    value: OrderCompleted.fromPartial({ orderId, completedAt: NOW, lifted: isLifted, lifting: isLifted ? 1 : 0 }),
  }).value;

/** Runs an effect through all of its chunks, each in its own transaction. */
export const workThrough = async (db: SqlDb, effect: Effect<SqlTx>, order: OrderContext, limit: number) => {
  const chunks = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const from: string = cursor;
    const chunk = await db.$transaction(
      (tx) => (order.undo ? effect.undo(tx, order, from, limit) : effect.apply(tx, order, from, limit)),
      LONG_TRANSACTION,
    );
    chunks.push(chunk);
    cursor = chunk.next;
  }
  return { leaves: chunks.flatMap(({ leaves }) => leaves), changed: chunks.reduce((sum, { changed }) => sum + changed, 0) };
};

interface OutboxRow {
  readonly topic: string;
  readonly body: Uint8Array;
}

const outbox = async (url: string, topic: string): Promise<OutboxRow[]> =>
  query<OutboxRow>(url, 'SELECT topic, body FROM messaging.outbox WHERE topic = $1 ORDER BY id', [topic]);

/** Reports written so far, oldest first. */
export const reports = async (url: string): Promise<NonNullable<ReportEvent['body']>[]> =>
  (await outbox(url, TOPICS.reports.name)).flatMap(({ body }) => TOPICS.reports.codec.decode(body).body ?? []);

/** The service's own events written so far, oldest first. */
export const events = async (url: string) =>
  (await outbox(url, TOPICS.certificate.name)).flatMap(({ body }) => TOPICS.certificate.codec.decode(body).body ?? []);

/** A call as the gRPC server would pass it; ParticipantService reads only the caller from it. */
export const CALL: CallContext & CallerContext = {
  caller: 'enforcement',
  metadata: Metadata(),
  peer: 'test',
  header: Metadata(),
  trailer: Metadata(),
  sendHeader: () => undefined,
  signal: new AbortController().signal,
};

/** Reason and field of the refusal that the call ends with. */
export const refusalOf = async (call: Promise<unknown>): Promise<[string, string | undefined]> => {
  const refusal = await call.then(
    () => undefined,
    (failure: unknown) => failure,
  );
  if (!(refusal instanceof Refusal)) throw new Error('the call was not refused', { cause: refusal });
  return [refusal.reason, refusal.detail.field];
};

/** Passes an event to the subscription as the consumer does, in a transaction of its own. */
export const hearing =
  (db: SqlDb, { handlers }: TopicSubscription<SqlTx>, now = () => new Date()) =>
  (name: string, event: unknown): Promise<void> =>
    db.$transaction(async (tx) => {
      const handler = handlers.get(name);
      if (handler === undefined || handler === 'ignored') throw new Error(`nobody hears ${name}`);
      const meta = { eventId: '', occurredAt: undefined, institution: INSTITUTION, sequence: 1n, orderId: '' };
      await handler(event, { tx, meta, writer: 'enforcement', now: now() });
    });
