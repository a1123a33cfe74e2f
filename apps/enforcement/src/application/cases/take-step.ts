// Take a step: load, decide, issue and serve its documents, start and meet its limits. One transaction, on the locked case.
import type { Case, CaseStep } from '../../domain/cases/case';
import { isOver, withDocument } from '../../domain/cases/record';
import { limitsOf, ruleOf, type Limits } from '../../domain/cases/steps';
import { decideStep, draftToDecide, type StepAsked, type Surroundings } from '../../domain/cases/take-step';
import { servedFrom } from '../../domain/cases/waits';
import type { Request, Transactions } from '../ports';
import type { Aftermath, Cases, Deadlines, Documents } from './ports';

interface Deps<Tx> {
  readonly cases: Pick<Cases<Tx>, 'update'>;
  readonly documents: Documents<Tx>;
  readonly deadlines: Deadlines<Tx>;
  readonly aftermath: Aftermath<Tx>;
  readonly transactions: Transactions<Tx>;
  readonly now: () => Date;
}

export interface TakeStep extends StepAsked {
  readonly request: Request;
  readonly caseId: string;
}

/** Writes what the step does to the limits of its case; one that serves starts them when service counts. */
export const keepLimits = async <Tx>(
  deadlines: Deadlines<Tx>,
  tx: Tx,
  theCase: Case,
  { starts, meets, now, servedAt = now }: Limits & { readonly now: Date; readonly servedAt?: Date },
): Promise<void> => {
  const { id: caseId, institution, authority } = theCase;
  for (const code of meets) await deadlines.meet(tx, code, { caseId }, now);
  for (const code of starts) await deadlines.start(tx, code, { institution, authority, caseId, startedAt: servedAt });
  if (isOver(theCase)) await deadlines.cancel(tx, { caseId }, now);
};

/** Issues the document of the step, if it has one, and puts it into the record. The decision takes its number from it. */
const issue =
  <Tx>({ documents }: Deps<Tx>, tx: Tx) =>
  async (theCase: Case, { step, text, actor }: TakeStep, { orders, now }: Surroundings): Promise<Case> => {
    const kind = ruleOf(step).issues;
    if (!kind) return theCase;
    // A notice names what is intended (行政处罚法 §44), so it reads the draft too, if there is one.
    const orderId = step === 'DECIDE' || step === 'SERVE_NOTICE' ? (draftToDecide(orders)?.id ?? '') : '';
    const document = await documents.issue(tx, { kind, theCase, orderId, text, by: actor.officerId, now });
    return withDocument(theCase, document, orderId);
  };

/** The last document of the kind that the step serves. */
const documentOf = ({ entries }: Case, step: CaseStep): string => {
  const issuer = step === 'SERVE_NOTICE' ? 'SERVE_NOTICE' : 'DECIDE';
  return entries.findLast((entry) => entry.step === issuer)?.documentIds[0] ?? '';
};

const take = <Tx>(deps: Deps<Tx>) => {
  const { documents, deadlines } = deps;
  return async (tx: Tx, before: Case, asked: TakeStep, around: Surroundings): Promise<Case> => {
    const decided = decideStep(before, asked, around);
    const next = await issue(deps, tx)(decided, asked, around);
    const by = asked.actor.officerId;
    if (asked.service && ruleOf(asked.step).serves) {
      await documents.serve(tx, documentOf(next, asked.step), { ...asked.service, by, now: around.now });
    }
    const servedAt = asked.service ? servedFrom(asked.service.mode, around.now) : around.now;
    await keepLimits(deadlines, tx, next, { ...limitsOf(before, next, asked.step), now: around.now, servedAt });
    return next;
  };
};

/** Takes the step once per request; returns the case's id. Refuses as `decideStep`, `case.unknown`. */
export const takeStep =
  <Tx>(deps: Deps<Tx>) =>
  ({ request, ...asked }: TakeStep): Promise<string> =>
    deps.transactions.once(request, async (tx) => {
      const now = deps.now();
      await deps.cases.update(tx, asked.caseId, async (theCase, orders) => {
        const leftToDo = asked.step === 'CLOSE' ? await deps.aftermath.open(tx, asked.caseId) : [];
        return take(deps)(tx, theCase, { ...asked, request }, { orders, leftToDo, now });
      });
      return asked.caseId;
    });
