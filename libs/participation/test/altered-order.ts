// An order that a service has carried out, and the findings of its next count. For the specs about later writes to the database.
import type { Measure, RowAsk } from '@hengji/contracts/enforcement/v1/order';
import { OrderReopened } from '@hengji/contracts/enforcement/v1/enforcement_events';
import { sealedNotice, until } from '@hengji/testing';
import { CALL, askOf, issued, reports, scopeOf, world, type World } from './fixture';

export const VOIDING = askOf(1, 'VOID_CERTIFICATES', { signedCount: 25n });
export const HOLDING: RowAsk = askOf(2, 'HOLD_ISSUING', { measure: 'STOP_EVALUATION', signedCount: 25n });
export const MEASURES: Measure[] = ['STOP_EVALUATION', 'CANCEL_RESULTS', 'VOID_CERTIFICATES'];

/** Waits until this many rows have been reported. */
export const receipted = (url: string, rows: number): Promise<unknown> =>
  until(
    () => reports(url),
    (all) => all.filter(({ $case }) => $case === 'rowReported').length >= rows,
  );

/** An order with M1 over 25 papers, carried out. */
export const carriedOut = async (): Promise<World> => {
  const own = await world(25, { chunkSize: 10 });
  await own.hear('orderIssued', issued('a', [VOIDING, HOLDING], { measures: MEASURES }));
  await receipted(own.url, 2);
  return own;
};

/** Runs row 1 of the order once more; `receipts`: the number of receipts afterwards. */
export const workAgain = async (own: World, receipts: number): Promise<void> => {
  const reopening = OrderReopened.fromPartial({ orderId: 'a', rows: [1], reopenedAt: new Date() });
  await own.hear('orderReopened', sealedNotice({ $case: 'orderReopened', value: reopening }).value);
  await receipted(own.url, receipts);
};

/** The findings of the count over all rows, and their texts. */
export const counted = async ({ orders }: World, rows = [VOIDING, HOLDING]): Promise<{ count: bigint; words: string }> => {
  const asked = { orderId: 'a', scope: scopeOf(), rows, lifted: [], suspended: false };
  const { rows: counts } = await orders.server.countResidual(asked, CALL);
  const all = (counts ?? []).map(({ count, sample }) => ({ count: BigInt(count ?? 0), words: (sample ?? []).join('\n') }));
  return { count: all.reduce((sum, { count }) => sum + count, 0n), words: all.map(({ words }) => words).join('\n') };
};
