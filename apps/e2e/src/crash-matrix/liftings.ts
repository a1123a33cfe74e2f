// An order with M1 to M7 is lifted: first for one session, then for everything else. What was lifted returns to its state
// before the order, the hold is narrowed or ends, and every agency is notified once.
import { type Records, recordsOf } from '../records-of';
import type { OrderJson } from '../running-platform';
import { type Expected, expectedOf, expectLetters, expectNotices, expectReports, expectRestoredOnce } from '../worked-once';
import { holdsBecome, insist, type Decision, type Office, orderOnce, type Prepared } from './decision';
import { type IsOf, lettersBecome, paymentsOf, recordsBecome, uploadedOf, type WholeOrder } from './orders';

/** A lifting of an order that was carried out. */
interface Lifted {
  readonly order: WholeOrder;
  readonly number: number;
  /** The last row of the ledger before the lifting. */
  readonly lastRow: number;
  /** The records that the lifting gives back. */
  readonly isOf: IsOf;
  /** The uploads that an earlier lifting has given back: exchange finds them already done. */
  readonly already: number;
}

const isUploadedAgain =
  (before: Records, isOf: IsOf) =>
  ({ certificates }: Records): boolean =>
    certificates.every((one, i) => !isOf(one) || one.uploadState === before.certificates[i]?.uploadState);

/** This row gave back everything that it should give back, and left nothing unchanged. */
const expectReceipts = (order: OrderJson, { lastRow, already }: Lifted, expected: Expected): void => {
  const rows = order.rows.filter(({ ask }) => (ask?.row ?? 0) > lastRow);
  const counted = rows.filter(({ ask }) => expected[ask?.effect?.value ?? ''] !== undefined);
  expect(counted.length).toBe(Object.keys(expected).length);
  const effects = counted.map(({ ask }) => ask?.effect?.value ?? '');
  const said = counted.map(({ receipt }, i) => [effects[i], receipt?.changed, receipt?.already, receipt?.left]);
  expect(said).toEqual(effects.map((effect) => [effect, expected[effect], effect === 'WITHDRAW_UPLOADS' ? already : 0, 0]));
};

/** The lifted records are the records from before the order. A recovery stays in the books, revoked once. */
const expectRestored = (before: Records, after: Records, isOf: IsOf): void => {
  expect(after.results.filter(isOf)).toEqual(before.results.filter(isOf));
  expect(after.certificates.filter(isOf)).toEqual(before.certificates.filter(isOf));
  const theirs = new Set(paymentsOf(before, isOf));
  const revoked = after.recoveries.filter(({ paymentId }) => theirs.has(paymentId));
  expect(revoked.map(({ paymentId }) => paymentId).sort()).toEqual([...theirs].sort());
  expect(revoked.filter(({ state }) => state !== 'REVOKED')).toEqual([]);
};

const expectLiftedOnce = async (office: Office, lifting: Lifted): Promise<Records> => {
  const { order, number, isOf } = lifting;
  const { running, drafter } = office;
  const { before, institution } = order;
  const lifted = await orderOnce(office, order.orderId, ({ liftings }) => Boolean(liftings[number - 1]?.completedAt));
  expect([lifted.residual, lifted.liftings.length]).toEqual([0, number]);
  const after = await recordsOf(drafter, institution);
  expectRestored(before, after, isOf);
  expectReceipts(lifted, lifting, expectedOf(before, isOf));
  await expectReports(running, lifted);
  await expectNotices(drafter, lifted, lifted.state === 'LIFTED');
  await expectLetters(running, lifted, { order: 1, lifting: number });
  await expectRestoredOnce(running, uploadedOf(before, isOf));
  return after;
};

const carryOutLifting = async (office: Office, { order, number, isOf }: Lifted, asked: object): Promise<void> => {
  const { orderId, caseId, institution, before } = order;
  await insist(
    () => office.signer.post(`/orders/${orderId}/lift`, { reason: '复议撤销', ground: 'RECONSIDERATION', ...asked }),
    async () => (await office.signer.get<OrderJson>(`/orders/${orderId}`)).liftings.length === number,
  );
  await orderOnce(office, orderId, ({ liftings }) => Boolean(liftings[number - 1]?.completedAt));
  await recordsBecome(office, institution, isUploadedAgain(before, isOf));
  await lettersBecome(office, caseId, { LIFTING: number });
};

const lastRowOf = async (office: Office, { orderId }: WholeOrder): Promise<number> =>
  Math.max(...(await orderOnce(office, orderId, () => true)).rows.map(({ ask }) => ask?.row ?? 0));

/** All measures that can be divided, for one session: M1 to M5. */
export const partLifting = (office: Office, ordered: () => WholeOrder): Decision => ({
  name: 'a lifting in part',
  prepare: async (): Promise<Prepared> => {
    const order = ordered();
    const { institution, before } = order;
    const sessionId = before.certificates[0]?.sessionId ?? '';
    const lastRow = await lastRowOf(office, order);
    const lifted: Lifted = { order, number: 1, lastRow, already: 0, isOf: (one) => one.sessionId === sessionId };
    const ordinary = await recordsOf(office.drafter, institution);
    const others: IsOf = (one) => !lifted.isOf(one);
    return {
      carryOut: async () => {
        await carryOutLifting(office, lifted, { scope: { institution, sessions: [sessionId] } });
        await holdsBecome(office, order.orderId, 'held in part');
      },
      expectOnce: async () => {
        const after = await expectLiftedOnce(office, lifted);
        expect(after.results.filter(others)).toEqual(ordinary.results.filter(others));
        expect(after.certificates.filter(others)).toEqual(ordinary.certificates.filter(others));
        expect(after.filing).toEqual(ordinary.filing);
      },
    };
  },
});

/** Everything that the first lifting has left in force. */
export const restLifting = (office: Office, ordered: () => WholeOrder): Decision => ({
  name: 'a lifting of the rest',
  prepare: async (): Promise<Prepared> => {
    const order = ordered();
    const { before } = order;
    const sessionId = before.certificates[0]?.sessionId ?? '';
    const lastRow = await lastRowOf(office, order);
    const isOfPart: IsOf = (one) => one.sessionId === sessionId;
    const already = uploadedOf(before, isOfPart).length;
    const lifted: Lifted = { order, number: 2, lastRow, already, isOf: (one) => !isOfPart(one) };
    return {
      carryOut: async () => {
        await carryOutLifting(office, lifted, {});
        await holdsBecome(office, order.orderId, 'let go');
      },
      expectOnce: async () => {
        const after = await expectLiftedOnce(office, lifted);
        expectRestored(before, after, () => true);
        expect([after.filing, after.plans, after.payments]).toEqual([before.filing, before.plans, before.payments]);
      },
    };
  },
});
