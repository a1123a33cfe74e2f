// The effects of a passed limit, in the transaction that marks it: after the time to sue, the order can be enforced (行政强制法
// §53).
import type { Limits } from '@hengji/procedure';
import type { Limit } from '@hengji/procedure/tables';

interface Deps<Tx> {
  readonly limits: Pick<Limits<Tx>, 'start'>;
  /** Whether an order of the case recovers subsidies (M5) and is in force: only such an order can be enforced. */
  readonly hasRecovery: (tx: Tx, caseId: string) => Promise<boolean>;
}

export const followPassed =
  <Tx>({ limits, hasRecovery }: Deps<Tx>) =>
  async (tx: Tx, { code, institution, fileId, about, authority, dueAt }: Limit): Promise<void> => {
    if (code !== 'D-LITIG' || !(await hasRecovery(tx, fileId))) return;
    await limits.start(tx, 'D-ENFORCE-APPLY', { institution, fileId, about, authority, startedAt: dueAt });
  };
