// The load generator: many concurrent writers request thousands of certificates, payments and results with random pauses,
// while orders stop the institutions. Uploads follow the certificates by themselves. No request made after an order's last
// fence succeeds, and no record is added after the fence is visible.
// Then each kind of write is held in its transaction when the fence is placed, because random pauses reach that moment too
// rarely.
import { query, until } from '@hengji/testing';
import { Refusal } from '@hengji/domain-kit';
import { setTimeout as pause } from 'node:timers/promises';
import type { Officer } from '../../../tools/province/src/officer';
import { type Anvil, anvilAt, type What, type Writers, writersAt } from './anvil';
import { holdInserts, type InsertHold } from './faults/hold-inserts';
import { type Records, recordsOf, recordsOnce } from './records-of';
import { ORDER_PATIENCE_MS, type OrderJson, type Running, confirmDrift, draft, orderReaches, sign, startRunning } from './running-platform';

const OPERATIONS = 10_000;
const HANDS = 48;
const INSTITUTIONS = 5;
const UNISSUED = 1_100;
const LONGEST_PAUSE_MS = 20;
const SPOIL = ['CANCEL_RESULTS', 'VOID_CERTIFICATES', 'WITHDRAW_UPLOADS', 'RECOVER_SUBSIDIES'];

let running: Running;
let drafter: Officer;
let signer: Officer;
let institutions: string[];
let writers: Writers;

beforeAll(async () => {
  running = await startRunning('hammer');
  [drafter, signer] = await Promise.all([running.officer('province-a'), running.officer('province-b')]);
  const { items } = await drafter.get<{ items: { code: string }[] }>('/institutions?limit=1000');
  institutions = items.map(({ code }) => code);
  writers = writersAt(running);
}, 240_000);
afterAll(async () => {
  writers?.close();
  await running?.stop();
});

/** Empty when the write succeeded. */
const refusalOf = (written: Promise<void>): Promise<string> =>
  written.then(
    () => '',
    (failure: unknown) => (failure instanceof Refusal ? failure.reason : `failed: ${String(failure)}`),
  );

interface Blow {
  readonly what: What;
  readonly institution: string;
  readonly askedAt: number;
  readonly refused: string;
}

const hammer = (anvils: readonly Anvil[]) => {
  const blows: Blow[] = [];
  let left = OPERATIONS;
  const hand = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const anvil = anvils[Math.floor(Math.random() * anvils.length)] as Anvil;
      const what = (['issue', 'issue', 'pay', 'record'] as const)[Math.floor(Math.random() * 4)] ?? 'issue';
      // This pause does not wait for an event: random pauses make the races random.
      await pause(Math.random() * LONGEST_PAUSE_MS);
      const askedAt = Date.now();
      blows.push({ what, institution: anvil.institution, askedAt, refused: await refusalOf(writers[what](anvil)) });
    }
  };
  return { blows, done: Promise.all(Array.from({ length: HANDS }, hand)) };
};

/** The records that a writer could have added, without those that only change. */
const made = ({ results, certificates, payments }: Records) => ({
  results: results.map(({ resultId }) => resultId),
  certificates: certificates.map(({ number }) => number),
  payments: payments.map(({ paymentId }) => paymentId),
});

/** Uploads under load: messages created before exchange's fence, and those created after it. */
const uploadsAround = async ({ orderId, scope }: OrderJson): Promise<{ before: number; behind: number }> => {
  const [counted] = await query<{ before: number; behind: number }>(
    running.platform.databaseUrl('exchange'),
    `SELECT (count(*) FILTER (WHERE m.created_at <= h.placed_at))::int AS before, (count(*) FILTER (WHERE m.created_at > h.placed_at))::int AS behind
     FROM messaging.hold h LEFT JOIN message m ON m.institution = h.institution AND m.kind = 'upload' AND m.order_id = ''
     WHERE h.order_id = $1 AND h.institution = $2`,
    [orderId, scope?.institution ?? ''],
  );
  return counted ?? { before: 0, behind: -1 };
};

describe('orders under load', () => {
  it('prevent every new record after the fence', async () => {
    const anvils: Anvil[] = [];
    for (const code of institutions.slice(0, INSTITUTIONS)) anvils.push(await anvilAt(running, drafter, code, UNISSUED));
    const { blows, done } = hammer(anvils);
    const orders: OrderJson[] = [];
    const seen: Records[] = [];
    for (const [i, { institution }] of anvils.entries()) {
      // The first order comes early and the last late, so that there are many writes before and after each.
      await until(
        () => Promise.resolve(blows.length),
        (count) => count > ((i + 1) * OPERATIONS) / (INSTITUTIONS + 2),
        { withinMs: 240_000 },
      );
      const order = await sign(signer, await draft(drafter, { institution, measures: ['STOP_EVALUATION'] }));
      orders.push(await orderReaches(signer, order.orderId, 'COMPLETED'));
      // The load continues: a record that was added after the fence, however late its commit, would not be in this
      // reading.
      seen.push(await recordsOf(drafter, institution));
    }
    await done;

    const failed = [...new Set(blows.map((blow) => blow.refused))].filter((refused) => refused.startsWith('failed'));
    expect(failed).toEqual([]);
    for (const [i, order] of orders.entries()) {
      const institution = order.scope?.institution ?? '';
      const fencedAt = Date.parse(order.fencedAt ?? '');
      const own = blows.filter((blow) => blow.institution === institution);
      const after = own.filter((blow) => blow.askedAt > fencedAt);
      // The test proves something only if there were many writes on both sides.
      expect(own.filter((blow) => blow.askedAt < fencedAt && blow.refused === '').length).toBeGreaterThan(50);
      expect(after.length).toBeGreaterThan(50);
      expect(after.filter((blow) => blow.refused === '')).toEqual([]);
      expect(after.some((blow) => blow.refused === 'order.held')).toBe(true);
      expect(made(await recordsOf(drafter, institution))).toEqual(made(seen[i] as Records));
      const uploads = await uploadsAround(order);
      expect(uploads.behind).toBe(0);
      expect(uploads.before).toBeGreaterThan(0);
    }
  }, 600_000);
});

/** Where each kind of write is held. */
const CAUGHT_AT = {
  results: { service: 'exam', table: 'result', write: 'record' },
  certificates: { service: 'certificate', table: 'certificate', write: 'issue' },
  payments: { service: 'subsidy', table: 'payment', write: 'pay' },
  // The batcher's message: the batcher writes when exchange has consumed the certificate event. The next event stays in
  // the queue and is not refused.
  uploads: { service: 'exchange', table: 'message', write: 'issue' },
} as const;
type Kind = keyof typeof CAUGHT_AT;
const KINDS = Object.keys(CAUGHT_AT) as Kind[];

/**
 * The order once it is carried out. Records that the signature did not cover stop their row until an officer has checked
 * and confirmed them.
 */
const carriedOut = async (orderId: string): Promise<OrderJson> => {
  const isDrifted = ({ rows }: OrderJson): boolean => rows.some((row) => row.refusalReason === 'order.target_drifted');
  for (;;) {
    const order = await until(
      () => signer.get<OrderJson>(`/orders/${orderId}`),
      (one) => one.state === 'COMPLETED' || isDrifted(one),
      { withinMs: ORDER_PATIENCE_MS },
    );
    if (order.state === 'COMPLETED') return order;
    await confirmDrift(signer, orderId);
  }
};

const LOOK_MS = 10_000;

interface Met {
  /** The fence waited for the writer. */
  readonly waited: boolean;
  /** The reason with which the next write was refused. */
  readonly next: string | undefined;
}

/** Signs; the writer is released when the fence waits for it, or when the order completed without waiting. */
const signAround = async (hold: InsertHold, order: OrderJson, writeNext?: () => Promise<void>): Promise<Met> => {
  await sign(signer, order);
  const isPast = async (): Promise<boolean> => (await signer.get<OrderJson>(`/orders/${order.orderId}`)).state === 'COMPLETED';
  const orPast = (seen: () => Promise<number>): Promise<unknown> =>
    until(async () => (await seen()) > 0 || (await isPast()), Boolean, { withinMs: LOOK_MS }).catch(() => undefined);
  await orPast(hold.fencing);
  const waited = (await hold.fencing()) > 0;
  const next = writeNext && refusalOf(writeNext());
  if (next && waited) await orPast(hold.queued);
  await hold.release();
  return { waited, next: await next };
};

describe('a write in progress when the fence is placed', () => {
  it.each(KINDS.map((kind, i): [Kind, number] => [kind, i]))(
    'of %s is among the records that the order changes; the next write is refused, or waits',
    async (kind, i) => {
      const { service, table, write } = CAUGHT_AT[kind];
      const institution = institutions[INSTITUTIONS + i] ?? '';
      const anvil = await anvilAt(running, drafter, institution, 2);
      const asked = { institution, measures: SPOIL };
      const drafted = kind === 'uploads' ? undefined : await draft(drafter, asked);
      const isTheirs = `NEW.institution = '${institution}'${kind === 'uploads' ? ` AND NEW.kind = 'upload'` : ''}`;
      let met: Met;
      const hold = await holdInserts(running.platform.databaseUrl(service), table, isTheirs);
      try {
        const written = refusalOf(writers[write](anvil));
        await until(hold.writing, (writing) => writing > 0, { withinMs: LOOK_MS });
        const order = drafted ?? (await draft(drafter, asked));
        met = await signAround(hold, order, kind === 'uploads' ? undefined : () => writers[write](anvil));
        expect(await written).toBe('');
        expect((await carriedOut(order.orderId)).residual).toBe(0);
      } finally {
        await hold.release();
      }
      const records = await recordsOnce(drafter, institution, ({ certificates }) =>
        certificates.every((one) => one.uploadState !== 'UPLOADED'),
      );
      expect(records.results.filter((one) => one.state !== 'CANCELLED')).toEqual([]);
      expect(records.certificates.filter((one) => one.state !== 'VOIDED' || one.uploadState === 'UPLOADED')).toEqual([]);
      expect(records.recoveries.map((one) => one.paymentId).sort()).toEqual(records.payments.map((one) => one.paymentId).sort());
      expect(met).toEqual({ waited: true, next: kind === 'uploads' ? undefined : 'order.held' });
    },
    120_000,
  );
});
