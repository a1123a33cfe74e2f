// Starts and ends the time in which a court may be asked to enforce (D-ENFORCE-APPLY): after the time for remedies, and while no
// remedy against the decision runs (行政强制法 §53, §54).
import type { Limits } from '@hengji/procedure';
import { enforceableFrom, hasRunning } from '../../domain/remedies/limits';
import type { Remedies } from './ports';

interface Deps<Tx> {
  readonly limits: Pick<Limits<Tx>, 'start' | 'cancel' | 'ofFile'>;
  readonly remedies: Pick<Remedies<Tx>, 'ofCase'>;
  /** The orders of the case that recover subsidies (M5) and are in force: only these can be enforced. */
  readonly enforceable: (tx: Tx, caseId: string) => Promise<readonly string[]>;
  readonly now: () => Date;
}

interface Place {
  readonly caseId: string;
  readonly institution: string;
  readonly authority: string;
}

export type LookAtEnforcement<Tx> = (tx: Tx, place: Place) => Promise<void>;

const CODE = 'D-ENFORCE-APPLY';

export const lookAtEnforcement =
  <Tx>({ limits, remedies, enforceable, now }: Deps<Tx>): LookAtEnforcement<Tx> =>
  async (tx, { caseId, institution, authority }) => {
    const orders = await enforceable(tx, caseId);
    const against = (await remedies.ofCase(tx, caseId)).filter(({ orderId }) => orders.includes(orderId));
    const known = await limits.ofFile(tx, caseId);
    const isStarted = known.some(({ code, state }) => code === CODE && state !== 'CANCELLED');
    if (hasRunning(against)) {
      if (isStarted) await limits.cancel(tx, { fileId: caseId }, now(), [CODE]);
      return;
    }
    const from = orders.length === 0 || isStarted ? null : enforceableFrom(known, against);
    if (from) await limits.start(tx, CODE, { fileId: caseId, institution, authority, startedAt: from });
  };
