// Registers a remedy, and takes its steps: each in one transaction on the locked institution, with the limits, the stay of the order
// and the time for enforcement.
import { decide, only, runStep } from '@hengji/procedure';
import type { Case } from '../../domain/cases/case';
import { openRemedy, type RemedyOpened } from '../../domain/remedies/open-remedy';
import type { RemedyAsked, RemedyTerms } from '../../domain/remedies/remedy';
import { REMEDY } from '../../domain/remedies/steps';
import type { CheckAttachments } from '../cases/ports';
import type { Request, Transactions } from '../ports';
import { applyStay, moveLimitsOf, startAnswer, type EffectDeps } from './effects';
import type { Remedies } from './ports';

interface Deps<Tx> extends EffectDeps<Tx> {
  readonly remedies: Remedies<Tx>;
  /** Takes the lock of the case's institution. */
  readonly takeTurn: (tx: Tx, caseId: string) => Promise<void>;
  readonly findCase: (tx: Tx, id: string) => Promise<Case>;
  readonly checkAttachments: CheckAttachments<Tx>;
  readonly transactions: Transactions<Tx>;
  readonly newId: () => string;
}

export interface OpenRemedy extends RemedyOpened {
  readonly request: Request;
  readonly caseId: string;
  readonly follows: string;
}

/** Registers the remedy; returns its id. Refuses as `openRemedy` of the domain, `case.unknown`, `order.unknown`, `remedy.unknown`. */
export const openingRemedy =
  <Tx>(deps: Deps<Tx>) =>
  ({ request, caseId, follows, ...asked }: OpenRemedy): Promise<string> =>
    deps.transactions.once(request, async (tx) => {
      const { remedies, findCase, findOrder, takeTurn, checkAttachments, newId, now } = deps;
      await takeTurn(tx, caseId);
      const theCase = await findCase(tx, caseId);
      const order = asked.orderId === '' ? null : await findOrder(tx, asked.orderId);
      const previous = follows === '' ? null : await remedies.lock(tx, follows);
      const opened = openRemedy(asked, { id: newId(), theCase, order, previous, now: now() });
      await checkAttachments(tx, caseId, asked.attachmentIds);
      await startAnswer(deps, tx, opened);
      await remedies.insert(tx, opened);
      await deps.lookAtEnforcement(tx, opened);
      return opened.id;
    });

export interface TakeRemedyStep extends RemedyAsked {
  readonly request: Request;
  readonly remedyId: string;
}

/** Takes the step once per request; returns the remedy's id. Refuses as its tables (domain/remedies), and `attachment.unknown`. */
export const takingRemedyStep = <Tx>(deps: Deps<Tx>) => {
  const { remedies, findOrder, checkAttachments, transactions, now } = deps;
  const run = runStep<Tx, RemedyTerms>({
    lock: async (tx, id) => {
      const file = await remedies.lock(tx, id);
      const order = file.orderId === '' ? null : await findOrder(tx, file.orderId);
      return { file, around: { now: now(), order } };
    },
    stages: [
      decide(REMEDY),
      only(({ tx, file, asked }) => checkAttachments(tx, file.caseId, asked.attachmentIds)),
      only(async ({ tx, file }) => {
        const entry = file.entries.at(-1);
        if (entry) await moveLimitsOf(deps, tx, file, entry);
      }),
      ({ tx, before, file, asked: { actor } }) => applyStay(deps, tx, { before, remedy: file, actor }),
      only(({ tx, before, file }) => remedies.save(tx, before, file)),
      only(({ tx, file }) => deps.lookAtEnforcement(tx, file)),
    ],
  });
  return ({ request, remedyId, ...asked }: TakeRemedyStep): Promise<string> =>
    transactions.once(request, async (tx) => (await run(tx, remedyId, asked)).id);
};
