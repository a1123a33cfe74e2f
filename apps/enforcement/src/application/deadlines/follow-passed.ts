// The effects of a passed limit, in the transaction that marks it: after the time for remedies, the order can be enforced (行政强制法
// §53).
import type { Limit } from '@hengji/procedure/tables';
import type { LookAtEnforcement } from '../remedies/enforcement-time';

/** The limits of a party's remedies. */
const REMEDIES: readonly string[] = ['D-LITIG', 'D-LITIG-AFTER', 'D-APPEAL'];

export const followPassed =
  <Tx>({ lookAtEnforcement }: { readonly lookAtEnforcement: LookAtEnforcement<Tx> }) =>
  async (tx: Tx, { code, institution, fileId, authority }: Limit): Promise<void> => {
    if (REMEDIES.includes(code)) await lookAtEnforcement(tx, { caseId: fileId, institution, authority });
  };
