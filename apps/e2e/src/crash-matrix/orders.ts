// Two kinds of orders: one with M1 to M7 about a whole institution, and one with M2 to M5 about a session. The hold of the
// second kind ends with the order.
import type { Json } from '@hengji/contracts';
import type { Case } from '@hengji/contracts/enforcement/v1/case';
import { until } from '@hengji/testing';
import { type Records, recordsOf } from '../records-of';
import { DUE, draft, type OrderJson } from '../running-platform';
import { type Expected, expectedOf, expectWorkedOnce } from '../worked-once';
import { PATIENTLY, holdsBecome, type Decision, type Office, orderOnce, type Prepared, signed } from './decision';

const SPOIL = ['CANCEL_RESULTS', 'VOID_CERTIFICATES', 'WITHDRAW_UPLOADS', 'RECOVER_SUBSIDIES'];
const ALL = ['STOP_EVALUATION', ...SPOIL, 'RECTIFY', 'REMOVE_FROM_DIRECTORY'];

export type IsOf = (one: { sessionId: string }) => boolean;

/**
 * The records once all events are consumed: certificate learns by Kafka what the ministry acknowledged, and may just be
 * starting.
 */
export const recordsBecome = ({ drafter }: Office, institution: string, good: (records: Records) => boolean): Promise<Records> =>
  until(() => recordsOf(drafter, institution), good, PATIENTLY);

const isWithdrawn =
  (isOf: IsOf) =>
  ({ certificates }: Records): boolean =>
    certificates.filter(isOf).every(({ uploadState }) => uploadState !== 'UPLOADED');

export const uploadedOf = ({ certificates }: Records, isOf: IsOf): string[] =>
  certificates.filter((one) => isOf(one) && one.uploadState === 'UPLOADED').map(({ number }) => number);

/** Payments for the certificates in scope. */
export const paymentsOf = ({ certificates, payments }: Records, isOf: IsOf): string[] => {
  const numbers = new Set(certificates.filter(isOf).map(({ number }) => number));
  return payments.filter(({ certificateNumber }) => numbers.has(certificateNumber)).map(({ paymentId }) => paymentId);
};

/** What M2 to M5 did to the records in scope: everything, and no effect more than once. */
const expectSpoilt = (after: Records, order: OrderJson, isOf: IsOf): void => {
  expect(after.results.filter(isOf).length).toBeGreaterThan(0);
  expect(after.results.filter((one) => isOf(one) && one.state !== 'CANCELLED')).toEqual([]);
  expect(after.certificates.filter((one) => isOf(one) && (one.state !== 'VOIDED' || one.uploadState === 'UPLOADED'))).toEqual([]);
  const recovered = after.recoveries.filter(({ orderId }) => orderId === order.orderId).map(({ paymentId }) => paymentId);
  expect(recovered.sort()).toEqual(paymentsOf(after, isOf).sort());
};

interface Ordered {
  readonly orderId: string;
  readonly before: Records;
  readonly isOf: IsOf;
}

const expectOrderOnce = async ({ running, drafter }: Office, order: OrderJson, { before, isOf }: Ordered): Promise<Records> => {
  const after = await recordsOf(drafter, before.filing.code);
  expect(order.residual).toBe(0);
  expectSpoilt(after, order, isOf);
  const expected: Expected = expectedOf(before, isOf);
  await expectWorkedOnce(running, drafter, { order, expected, withdrawn: uploadedOf(before, isOf) });
  return after;
};

/** M2 to M5 on a session. */
export const sessionOrder = (office: Office, institution: string): Decision => ({
  name: 'an order with M2 to M5',
  prepare: async (): Promise<Prepared> => {
    const before = await recordsOf(office.drafter, institution);
    const sessionId = before.certificates[0]?.sessionId ?? '';
    const isOf: IsOf = (one) => one.sessionId === sessionId;
    const drafted = await draft(office.drafter, { institution, measures: SPOIL, narrowed: { sessions: [sessionId] } });
    const { orderId } = drafted;
    return {
      carryOut: async () => {
        await signed(office, drafted);
        await orderOnce(office, orderId, ({ state }) => state === 'COMPLETED');
        await recordsBecome(office, institution, isWithdrawn(isOf));
        await holdsBecome(office, orderId, 'let go');
      },
      expectOnce: async () => {
        const order = await orderOnce(office, orderId, ({ state }) => state === 'COMPLETED');
        await expectOrderOnce(office, order, { orderId, before, isOf });
      },
    };
  },
});

type CaseJson = Json<Case>;
const caseOf = (office: Office, caseId: string): Promise<CaseJson> => office.drafter.get<CaseJson>(`/cases/${caseId}`);

/** Letters that the order's own events require; the case has each of them once. */
export const lettersBecome = async (office: Office, caseId: string, wanted: Readonly<Record<string, number>>): Promise<void> => {
  await until(
    async () => (await caseOf(office, caseId)).documents.map(({ kind }) => kind as string),
    (kinds) => Object.entries(wanted).every(([kind, times]) => kinds.filter((one) => one === kind).length === times),
    PATIENTLY,
  );
};

/** The demand for rectification (M6) and the follow-up of a removal (M7): one of each. */
const expectAftermath = async (office: Office, order: OrderJson): Promise<void> => {
  const { rectifications, followUps, documents } = await caseOf(office, order.caseId);
  expect(rectifications.map(({ state, dueOn }) => [state, dueOn])).toEqual([['OPEN', DUE]]);
  const kinds = followUps.map(({ kind }) => kind);
  expect([kinds.length, new Set(kinds).size]).toEqual([4, 4]);
  expect(documents.filter(({ kind }) => kind === 'RECTIFICATION')).toHaveLength(1);
};

/** What later decisions of the story need: the order that its liftings lift. */
export interface WholeOrder extends Ordered {
  readonly caseId: string;
  readonly institution: string;
}

/** M1 to M7 on an institution. `begun` is called with the order when it is drafted. */
export const wholeOrder = (office: Office, institution: string, begun: (order: WholeOrder) => void): Decision => ({
  name: 'an order with M1 to M7',
  prepare: async (): Promise<Prepared> => {
    const before = await recordsOf(office.drafter, institution);
    const drafted = await draft(office.drafter, { institution, measures: ALL });
    const { orderId, caseId } = drafted;
    const isOf: IsOf = () => true;
    begun({ orderId, caseId, institution, before, isOf });
    return {
      carryOut: async () => {
        await signed(office, drafted);
        await orderOnce(office, orderId, ({ state }) => state === 'COMPLETED');
        await recordsBecome(office, institution, isWithdrawn(isOf));
        await holdsBecome(office, orderId, 'held');
        await lettersBecome(office, caseId, { RECTIFICATION: 1 });
      },
      expectOnce: async () => {
        const order = await orderOnce(office, orderId, ({ state }) => state === 'COMPLETED');
        const after = await expectOrderOnce(office, order, { orderId, before, isOf });
        expect([after.filing.status, after.filing.rectifyBy]).toEqual(['REMOVED', DUE]);
        expect(after.plans.filter(({ state }) => state === 'PUBLISHED')).toEqual([]);
        await expectAftermath(office, order);
      },
    };
  },
});
