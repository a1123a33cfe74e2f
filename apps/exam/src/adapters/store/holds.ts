// "Held" is never stored; it is computed from the holds of orders in force.
import { type SqlTx } from '@hengji/messaging';
import { activeHolds, isHeldBy } from '@hengji/participation';
import type { GuardedRecord } from '../../application/ports';

/** For each record, all of one institution, the orders whose hold covers it now. */
export const heldBy = async (tx: SqlTx, institution: string, records: readonly GuardedRecord[]): Promise<string[][]> => {
  const holds = await activeHolds(tx, institution);
  return records.map((record) => holds.filter((hold) => isHeldBy(hold, record)).map(({ orderId }) => orderId));
};
