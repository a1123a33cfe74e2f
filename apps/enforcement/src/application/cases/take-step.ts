// Take a step: load, decide, issue and serve its documents, start and meet its limits. One transaction, on the locked case.
import type { StepLimits } from '@hengji/procedure/tables';
import type { Case, CaseStep } from '../../domain/cases/case';
import { isOver, withDocument } from '../../domain/cases/record';
import { limitsOf, ruleOf } from '../../domain/cases/steps';
import { replyLimitsAfter, servedFrom } from '../../domain/cases/party/waits';
import { decideStep } from '../../domain/cases/take-step';
import type { StepAsked, Surroundings } from '../../domain/cases/terms';
import { isToPolice, packageOf } from '../../domain/cases/tracks/transfer-track';
import type { Request, Transactions } from '../ports';
import type { Aftermath, Cases, CheckAttachments, Deadlines, Documents, Packages } from './ports';

interface Deps<Tx> {
  readonly cases: Pick<Cases<Tx>, 'update'>;
  readonly documents: Documents<Tx>;
  readonly deadlines: Deadlines<Tx>;
  readonly aftermath: Aftermath<Tx>;
  readonly packages: Pick<Packages<Tx>, 'check'>;
  readonly checkAttachments: CheckAttachments<Tx>;
  readonly transactions: Transactions<Tx>;
  readonly now: () => Date;
}

export interface TakeStep extends StepAsked {
  readonly request: Request;
  readonly caseId: string;
}

/** Writes what the step does to the limits of its case; one that serves starts them when service counts. What is ended is ended before anything starts. */
export const keepLimits = async <Tx>(
  deadlines: Deadlines<Tx>,
  tx: Tx,
  theCase: Case,
  { starts, meets, cancels, now, servedAt = now }: StepLimits & { readonly now: Date; readonly servedAt?: Date },
): Promise<void> => {
  const { id: caseId, institution, authority } = theCase;
  if (cancels.length > 0) await deadlines.cancel(tx, { caseId }, now, cancels);
  for (const code of meets) await deadlines.meet(tx, code, { caseId }, now);
  for (const code of starts) await deadlines.start(tx, code, { institution, authority, caseId, startedAt: servedAt });
  if (isOver(theCase)) await deadlines.cancel(tx, { caseId }, now);
};

/** Issues the document of the step, if it has one, and puts it into the record. The decision takes its number from it. */
const issue =
  <Tx>({ documents }: Deps<Tx>, tx: Tx) =>
  async (theCase: Case, { step, text, actor }: TakeStep, now: Date): Promise<Case> => {
    const kind = ruleOf(step).issues;
    if (!kind) return theCase;
    // A notice names what is intended (行政处罚法 §44), so it reads the draft of the step as the decision does.
    const orderId = theCase.entries.at(-1)?.orderId ?? '';
    const document = await documents.issue(tx, { kind, theCase, orderId, text, by: actor.officerId, now });
    return withDocument(theCase, document);
  };

/** The last document of the kind that the step serves. */
const documentOf = ({ entries }: Case, step: CaseStep): string => {
  const issuer = step === 'SERVE_NOTICE' ? 'SERVE_NOTICE' : 'DECIDE';
  return entries.findLast((entry) => entry.step === issuer)?.documentIds[0] ?? '';
};

const take = <Tx>(deps: Deps<Tx>) => {
  const { documents, deadlines, packages, checkAttachments } = deps;
  return async (tx: Tx, before: Case, asked: TakeStep, around: Surroundings): Promise<Case> => {
    const decided = decideStep(before, asked, around);
    const { officerId: by, role, institution } = asked.actor;
    await checkAttachments(tx, before.id, asked.attachmentIds, role === 'INSTITUTION' ? institution : '');
    const next = await issue(deps, tx)(decided, asked, around.now);
    if (ruleOf(asked.step).packs) await packages.check(tx, { ...packageOf(next), caseId: next.id });
    if (asked.service && ruleOf(asked.step).serves) {
      await documents.serve(tx, documentOf(next, asked.step), { ...asked.service, by, now: around.now });
    }
    const servedAt = asked.service ? servedFrom(asked.service.mode, around.now) : around.now;
    await keepLimits(deadlines, tx, next, {
      ...limitsOf(before, next, asked.step, isToPolice(next, around.orders)),
      now: around.now,
      servedAt,
    });
    // The board shows the institution the days that the suspension did not use up.
    if (asked.step === 'RESUME')
      for (const { code, day } of replyLimitsAfter(next)) await deadlines.extend(tx, code, { caseId: next.id }, day);
    return next;
  };
};

/** Takes the step once per request; returns the case's id. Refuses as `decideStep`, `case.unknown`, `attachment.unknown`, and as `packages.check`. */
export const takeStep =
  <Tx>(deps: Deps<Tx>) =>
  ({ request, ...asked }: TakeStep): Promise<string> =>
    deps.transactions.once(request, async (tx) => {
      const now = deps.now();
      await deps.cases.update(tx, asked.caseId, async (theCase, orders) => {
        const leftToDo = asked.step === 'CLOSE' ? await deps.aftermath.open(tx, asked.caseId) : [];
        const limits = asked.step === 'APPLY_ENFORCEMENT' ? await deps.deadlines.ofCase(tx, asked.caseId) : [];
        return take(deps)(tx, theCase, { ...asked, request }, { orders, leftToDo, limits, now });
      });
      return asked.caseId;
    });
