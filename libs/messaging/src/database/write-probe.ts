// Whether the database takes writes, for readiness: a service that records cannot work with a database that answers but cannot write
// (demoted, full, read only).
import { raw } from 'sql-template-tag';
import { execute, type SqlDb, type SqlTx } from '../sql';

const LIMIT_MS = 2_000;
const KEPT_MS = 1_000;

const limited = async (work: Promise<unknown>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`the database did not take a write within ${LIMIT_MS} ms`)), LIMIT_MS);
  });
  try {
    await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
};

/** One write of one row, in a transaction of its own. */
export const PROBE = 'UPDATE messaging.probe SET written_at = clock_timestamp()';

/**
 * For `ready` of the health server: true when a row could be written, else throws the reason. Writes at most once a second, and never
 * while the last write is in flight; between writes the last result counts.
 */
export const writeProbe = <Tx extends SqlTx>(db: SqlDb<Tx>): (() => Promise<true>) => {
  let asked: { readonly at: number; readonly outcome: Promise<void> } | undefined;
  let underWay: Promise<unknown> | undefined;
  const ask = (): Promise<void> => {
    underWay ??= execute(db, raw(PROBE)).finally(() => (underWay = undefined));
    return limited(underWay);
  };
  return async () => {
    if (!asked || performance.now() - asked.at > KEPT_MS) asked = { at: performance.now(), outcome: ask() };
    await asked.outcome;
    return true;
  };
};
