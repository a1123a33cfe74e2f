// Checks that every effect happened exactly once, in the places where a second time would show. These are the receipts
// (nothing was found to be done already), enforcement's stored reports, the public notice board, and the registers of the
// agencies, which are not ours.
import type { PublicNotice } from '@hengji/contracts/approval/v1/approval';
import type { Json } from '@hengji/contracts';
import { query } from '@hengji/testing';
import type { Officer } from '../../../tools/province/src/officer';
import type { Records } from './records-of';
import type { OrderJson, Running } from './running-platform';

/** The number of records that each effect must change; effects that are not named are about one record each. */
export type Expected = Readonly<Record<string, number>>;

/** The records of an institution that an order is about. */
export const expectedOf = (before: Records, isOf: (one: { sessionId: string }) => boolean): Expected => {
  const certificates = before.certificates.filter(isOf);
  const numbers = new Set(certificates.map(({ number }) => number));
  return {
    CANCEL_RESULTS: before.results.filter(isOf).length,
    VOID_CERTIFICATES: certificates.length,
    WITHDRAW_UPLOADS: certificates.filter(({ uploadState }) => uploadState === 'UPLOADED').length,
    OPEN_RECOVERIES: before.payments.filter(({ certificateNumber }) => numbers.has(certificateNumber)).length,
  };
};

export const expectReceipts = (order: OrderJson, expected: Expected): void => {
  const effects = order.rows.filter(({ ask }) => ask?.undo !== true);
  const said = effects.map(({ ask, receipt }) => [ask?.effect?.value, receipt?.already]);
  expect(said).toEqual(effects.map(({ ask }) => [ask?.effect?.value, 0]));
  const counted = effects.filter(({ ask }) => expected[ask?.effect?.value ?? ''] !== undefined);
  const changed = counted.map(({ ask, receipt }) => [ask?.effect?.value, receipt?.changed]);
  expect(changed).toEqual(counted.map(({ ask }) => [ask?.effect?.value, expected[ask?.effect?.value ?? '']]));
};

/**
 * A service that gets the request again returns the same receipt, word for word; a service that did the work again would
 * return a different receipt.
 */
export const expectReports = async (running: Running, order: OrderJson): Promise<void> => {
  const kept = await query<{ row: number; times: string }>(
    running.platform.databaseUrl('enforcement'),
    `SELECT "row", count(DISTINCT content) AS times FROM kept_receipt WHERE order_id = $1 GROUP BY "row" ORDER BY "row"`,
    [order.orderId],
  );
  const rows = order.rows.map((one) => one.ask?.row ?? 0).sort((a, b) => a - b);
  expect(kept.map(({ row, times }) => [row, Number(times)])).toEqual(rows.map((row) => [row, 1]));
};

interface Letter {
  readonly orderId: string;
  readonly about: string;
}

/**
 * The messages of an order to each agency, as the agency counts them: one letter about the order, and one about each of
 * its liftings.
 */
export const expectLetters = async (running: Running, order: OrderJson, wanted = { order: 1, lifting: 0 }): Promise<void> => {
  for (const agency of ['police', 'regulator']) {
    const { notices } = await running.agency<{ notices: Letter[] }>(`/${agency}/notices`);
    const ofOrder = notices.filter(({ orderId }) => orderId === order.orderId);
    const counted = (about: string): number => ofOrder.filter((one) => one.about === about).length;
    expect({ agency, order: counted('order'), lifting: counted('lifting') }).toEqual({ agency, ...wanted });
  }
};

/** How often the ministry did it with each number, and how often it got another request for it under a different id. */
const expectAtMinistry = async (
  running: Running,
  numbers: readonly string[],
  { what, accepted }: { what: 'uploads' | 'withdrawals'; accepted: number },
): Promise<void> => {
  const each = await Promise.all(
    numbers.map(async (number) => [number, await running.agency(`/ministry/certificates/${number}/${what}`)] as const),
  );
  expect({ what, each }).toEqual({ what, each: numbers.map((number) => [number, { accepted, repeated: 0 }]) });
};

/** Each number was withdrawn, and no second request for it came under another id. */
export const expectWithdrawnOnce = (running: Running, numbers: readonly string[]): Promise<void> =>
  expectAtMinistry(running, numbers, { what: 'withdrawals', accepted: 1 });

/** Each number is in force again; it was neither withdrawn nor restored a second time. */
export const expectRestoredOnce = async (running: Running, numbers: readonly string[]): Promise<void> => {
  await expectAtMinistry(running, numbers, { what: 'withdrawals', accepted: 0 });
  await expectAtMinistry(running, numbers, { what: 'uploads', accepted: 1 });
};

/** The public notice of an order that voids certificates: exactly one, which states whether it was withdrawn. */
export const expectNotices = async (officer: Officer, order: OrderJson, isWithdrawn = false): Promise<void> => {
  const institution = order.scope?.institution ?? '';
  const { items } = await officer.get<{ items: Json<PublicNotice>[] }>(`/public/notices?institution=${institution}&limit=1000`);
  const wanted = order.measures.includes('VOID_CERTIFICATES') ? [isWithdrawn] : [];
  expect(items.filter(({ orderId }) => orderId === order.orderId).map(({ withdrawnAt }) => withdrawnAt !== '')).toEqual(wanted);
};

/** All of these checks, for an order that is carried out; `withdrawn`: the numbers that the ministry had. */
export const expectWorkedOnce = async (
  running: Running,
  officer: Officer,
  { order, expected, withdrawn }: { order: OrderJson; expected: Expected; withdrawn: readonly string[] },
): Promise<void> => {
  expectReceipts(order, expected);
  await expectReports(running, order);
  await expectNotices(officer, order);
  await expectLetters(running, order);
  await expectWithdrawnOnce(running, withdrawn);
};
