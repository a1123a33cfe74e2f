// What follows when a limit has passed, in the transaction in which the clock marks it: when the time to sue is over, what was
// ordered can be enforced (行政强制法 §53).
import type { Limits } from '@hengji/procedure';
import type { Limit } from '@hengji/procedure/tables';

interface Deps<Tx> {
  readonly limits: Pick<Limits<Tx>, 'start'>;
  /** Whether an order of the case recovers subsidies (M5) and stands: only then is there something to enforce. */
  readonly hasRecovery: (tx: Tx, caseId: string) => Promise<boolean>;
}

export const followPassed =
  <Tx>({ limits, hasRecovery }: Deps<Tx>) =>
  async (tx: Tx, { code, institution, fileId, about, authority, dueAt }: Limit): Promise<void> => {
    if (code !== 'D-LITIG' || !(await hasRecovery(tx, fileId))) return;
    await limits.start(tx, 'D-ENFORCE-APPLY', { institution, fileId, about, authority, startedAt: dueAt });
  };
