// Two orders for the same payments at the same time, transaction by transaction: this spec forces the order that occurs by chance in the
// running service. An order that opens while another is lifted must not find its payments unrecovered afterwards.
import { Scope } from '@hengji/contracts/enforcement/v1/order';
import type { OrderContext } from '@hengji/participation';
import { alter, closeAfterSuite, query, testDatabase, until } from '@hengji/testing';
import { type Database, openDatabase, type Tx } from '../src/adapters/store/database';
import { paymentStore } from '../src/adapters/store/payment-store';
import { openRecoveries } from '../src/adapters/store/recoveries';
import type { Payment } from '../src/domain/payment';
import { codeOf, NOW, payments } from './service';

let url: string;
let db: Database;

beforeEach(async () => {
  ({ url } = await testDatabase('subsidy'));
  db = openDatabase(url);
  closeAfterSuite(() => db.$disconnect());
  await db.$transaction((tx) => paymentStore().add(tx, payments(1, 30) as Payment[]));
});

const order = (orderId: string, epoch: bigint, undo = false): OrderContext => ({
  orderId,
  documentNo: '',
  epoch,
  scope: Scope.fromPartial({ institution: codeOf(1) }),
  signedAt: NOW,
  rectifyBy: '',
  package: [],
  row: undo ? 2 : 1,
  signedCount: 30n,
  institution: codeOf(1),
  now: NOW,
  undo,
});

const standing = () =>
  query<{ order_id: string; n: number }>(
    url,
    `SELECT order_id, count(*)::int AS n FROM recovery WHERE state = 'DRAFT' GROUP BY 1 ORDER BY 1`,
  );
const open = (tx: Tx, orderId: string, epoch: bigint, again = false) =>
  openRecoveries.apply(tx, { ...order(orderId, epoch), again }, '', 1000);
const lift = (tx: Tx, orderId: string) => openRecoveries.undo(tx, order(orderId, 9n, true), '', 1000);

/** Runs `first` up to its commit, starts `second` beside it, and lets both commit when `second` waits or is done. */
const interleaved = async <A, B>(first: (tx: Tx) => Promise<A>, second: (tx: Tx) => Promise<B>): Promise<[A, B]> => {
  let beside: Promise<B> | undefined;
  const a = await db.$transaction(async (tx) => {
    const done = await first(tx);
    let finished = false;
    beside = db.$transaction(second).finally(() => (finished = true));
    await until(
      async () =>
        finished ||
        (
          await query(
            url,
            `SELECT 1 FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
          )
        ).length > 0,
      (reached) => reached,
    );
    return done;
  });
  return [a, await (beside as Promise<B>)];
};

it('passes the recoveries on when the other order opens just before the lifting', async () => {
  await db.$transaction((tx) => open(tx, 'a', 1n));
  const [opened, lifted] = await interleaved(
    (tx) => open(tx, 'b', 2n),
    (tx) => lift(tx, 'a'),
  );
  expect([opened, lifted]).toMatchObject([
    { changed: 0, already: 30 },
    { changed: 0, already: 30 },
  ]);
  expect(await standing()).toEqual([{ order_id: 'b', n: 30 }]);
});

it('opens again when the lifting comes just before the other order opens', async () => {
  await db.$transaction((tx) => open(tx, 'a', 1n));
  const [lifted, opened] = await interleaved(
    (tx) => lift(tx, 'a'),
    (tx) => open(tx, 'b', 2n),
  );
  expect([lifted, opened]).toMatchObject([{ changed: 30 }, { changed: 30, already: 0 }]);
  expect(await standing()).toEqual([{ order_id: 'b', n: 30 }]);
});

it('opens once when two orders open together', async () => {
  const [a, b] = await interleaved(
    (tx) => open(tx, 'a', 1n),
    (tx) => open(tx, 'b', 2n),
  );
  expect([a, b]).toMatchObject([{ changed: 30 }, { changed: 0, already: 30, fen: 0n }]);
  expect(await standing()).toEqual([{ order_id: 'a', n: 30 }]);
});

it('changes nothing when a chunk is repeated', async () => {
  await db.$transaction((tx) => open(tx, 'a', 1n));
  expect(await db.$transaction((tx) => open(tx, 'a', 1n, true))).toMatchObject({ changed: 0, already: 30 });
  await db.$transaction((tx) => lift(tx, 'a'));
  expect(await db.$transaction((tx) => lift(tx, 'a'))).toMatchObject({ changed: 0, already: 0 });
  expect(await standing()).toEqual([]);
  expect(await query(url, 'SELECT count(*)::int AS n FROM messaging.outbox')).toEqual([{ n: 2 }]);
});

it('does not count a recovery of another amount than was paid, and corrects it when repeated', async () => {
  const [first, second] = payments(1, 30).map(({ paymentId }) => paymentId);
  await db.$transaction((tx) => open(tx, 'a', 1n));
  await query(url, `UPDATE recovery SET fen = fen + 1 WHERE payment_id = $1`, [first]);
  await query(url, `UPDATE recovery SET state = 'REVOKED', revoked_at = now(), fen = 1 WHERE payment_id = $1`, [second]);
  const residual = () => db.$transaction((tx) => openRecoveries.residual(tx, { ...order('a', 1n), narrowed: false }));
  expect(await residual()).toEqual({ count: 2n, sample: [first, second].sort() });
  expect(await db.$transaction((tx) => open(tx, 'a', 1n, true))).toMatchObject({ changed: 2, already: 28 });
  expect(await residual()).toEqual({ count: 0n, sample: [] });
});

it('after the lifting of a part, lifts the rest, and a repeat lifts only what is in force again', async () => {
  const [first, ...rest] = payments(1, 30);
  const part = Scope.fromPartial({ institution: codeOf(1), certificates: [first?.certificateNumber ?? ''] });
  const lifting = (over: Partial<OrderContext>) =>
    db.$transaction((tx) => openRecoveries.undo(tx, { ...order('a', 9n, true), ...over }, '', 1000));
  await db.$transaction((tx) => open(tx, 'a', 1n));
  expect(await lifting({ scope: part, narrowed: true })).toMatchObject({ changed: 1, leaves: [{ id: first?.paymentId }] });
  const whole = await lifting({ row: 3 });
  expect(whole).toMatchObject({ changed: 29, already: 0 });
  expect(whole.leaves.map(({ id }) => id)).toEqual(rest.map(({ paymentId }) => paymentId).sort());
  await query(url, `UPDATE recovery SET state = 'DRAFT', revoked_at = NULL WHERE payment_id = $1`, [first?.paymentId]);
  expect(await lifting({ scope: part, narrowed: true, again: true })).toMatchObject({ changed: 1, already: 0 });
  expect(await standing()).toEqual([]);
});

it('has the database refuse what no code may write', async () => {
  await db.$transaction((tx) => open(tx, 'a', 1n));
  const [first] = payments(1, 1);
  const copy = `INSERT INTO recovery SELECT 'x', 'x', payment_id, institution, debtor, fen, 'DRAFT', opened_at, NULL FROM recovery WHERE payment_id = $1`;
  await expect(query(url, copy, [first?.paymentId])).rejects.toThrow('recovery_payment_id_standing');
  await expect(query(url, 'UPDATE payment SET fen = 0')).rejects.toThrow('never changed');
  await expect(alter(url, 'UPDATE payment SET fen = 0')).rejects.toThrow('payment_fen_positive');
  await expect(query(url, `UPDATE recovery SET state = 'REVOKED'`)).rejects.toThrow('recovery_revoked_once');
  await expect(query(url, 'DELETE FROM payment')).rejects.toThrow('never deleted');
});
