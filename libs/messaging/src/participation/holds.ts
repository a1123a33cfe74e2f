import type { SqlTx } from '../sql';
import type { Hold, ScopeRecord } from './types';

/** stub */
export const checkGuard = async (tx: SqlTx, institution: string, records: readonly ScopeRecord[]): Promise<void> => {
  throw new Error(`not yet ${String(tx)} ${institution} ${records.length}`);
};
/** stub */
export const activeHolds = async (tx: SqlTx, institution: string): Promise<Hold[]> => {
  throw new Error(`not yet ${String(tx)} ${institution}`);
};
