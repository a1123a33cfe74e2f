// "Held" is never stored: it is asked of the orders' holds that stand now.
import { activeHolds, covers, type SqlTx } from '@hengji/messaging';
import type { GuardedRecord } from '../../application/ports';

/** For each record, all of one institution, the orders whose hold covers it now. */
export const heldBy = async (tx: SqlTx, institution: string, records: readonly GuardedRecord[]): Promise<string[][]> => {
  const holds = await activeHolds(tx, institution);
  return records.map((record) => holds.filter(({ scope }) => covers(scope, record)).map(({ orderId }) => orderId));
};
