// Takes a step: one list of stages, in one transaction, on the locked case. libs/procedure runs the stages; the tables are
// those of domain/cases.
import { decide, issue, keepLimits, only, runStep, serve, type Limits, type Stage } from '@hengji/procedure';
import type { CalendarAt } from '../../domain/deadlines/deadline';
import { NAMES_OFFICERS } from '../../domain/cases/chain/officers';
import { isOver } from '../../domain/cases/record';
import { limitsOf, ruleOf } from '../../domain/cases/steps';
import { endsAfterLateEntry } from '../../domain/cases/party/late-entry';
import { replyLimitsAfter, servedFrom } from '../../domain/cases/party/waits';
import { madeAt } from '../../domain/cases/particulars/paper';
import { CASE } from '../../domain/cases/take-step';
import { actEndedAt } from '../../domain/cases/tracks/act-end';
import type { CaseTerms, StepAsked } from '../../domain/cases/terms';
import { isToPolice, packageOf } from '../../domain/cases/tracks/transfer-track';
import type { NoticeChoice } from '../../domain/publicity/notice';
import type { FindOrder } from '../aftermath/ports';
import { discardUseless } from '../drafts/discard-draft';
import type { Numbers, Orders, Participants, Request, Transactions } from '../ports';
import { draftNotice, keepNotice } from '../publicity/keep-notice';
import type { Holders, Notices, ReceiversOf } from '../publicity/ports';
import { withList } from '../publicity/preview-notice';
import { checkCounted, withCount } from './count-draft';
import { handOver } from './hand-over';
import type { Aftermath, AttachmentsOf, CaseDocuments, Cases, CheckAttachments, HandingOver, Packages } from './ports';

interface Deps<Tx> {
  readonly cases: Pick<Cases<Tx>, 'get' | 'ordersOf' | 'lock' | 'save' | 'publish' | 'recusedAt'>;
  readonly orders: Pick<Orders<Tx>, 'get' | 'update'>;
  readonly documents: CaseDocuments<Tx>;
  readonly deadlines: Limits<Tx>;
  readonly aftermath: Aftermath<Tx>;
  readonly packages: Pick<Packages<Tx>, 'check'>;
  readonly checkAttachments: CheckAttachments<Tx>;
  readonly attachmentsOf: AttachmentsOf<Tx>;
  readonly notices: Notices<Tx>;
  readonly holders: Holders;
  readonly participants: Participants;
  readonly findOrder: FindOrder<Tx>;
  readonly receiversOf: ReceiversOf<Tx>;
  readonly newId: () => string;
  readonly handing: HandingOver<Tx>;
  readonly numbers: Pick<Numbers<Tx>, 'documentNumber'>;
  readonly transactions: Transactions<Tx>;
  readonly now: () => Date;
  readonly calendar: CalendarAt;
}

export interface TakeStep extends StepAsked {
  readonly request: Request;
  readonly caseId: string;
  /** What a step that publishes masks and leaves out. */
  readonly choice: NoticeChoice;
}

type CaseStage<Tx> = Stage<Tx, CaseTerms>;

/** The case with its orders, and the other data that the decision on this step reads. */
const lock =
  <Tx>({ cases, aftermath, deadlines, attachmentsOf, handing, now, calendar }: Deps<Tx>) =>
  async (tx: Tx, caseId: string, { step }: StepAsked) => {
    const { theCase: file, orders } = await cases.lock(tx, caseId);
    const attachments = await attachmentsOf(tx, caseId);
    const leftToDo = step === 'CLOSE' ? await aftermath.open(tx, caseId) : [];
    const recused = await cases.recusedAt(tx, file.institution);
    const limits = step === 'APPLY_ENFORCEMENT' ? await deadlines.ofFile(tx, caseId) : [];
    const known = NAMES_OFFICERS.includes(step) ? await handing.officers(tx, file.authority) : [];
    return { file, around: { orders, leftToDo, limits, attachments, recused, known, now: now(), calendar: calendar(file.authority) } };
  };

/** Evidence must be of this case; an institution may name only its own attachments. */
const checkEvidence = <Tx>({ checkAttachments }: Deps<Tx>): CaseStage<Tx> =>
  only(({ tx, before, asked: { actor, attachmentIds } }) =>
    checkAttachments(tx, before.id, attachmentIds, actor.role === 'INSTITUTION' ? actor.institution : ''),
  );

/** An approved transfer must be sendable. */
const checkPackage = <Tx>({ packages }: Deps<Tx>): CaseStage<Tx> =>
  only(async ({ tx, file, asked: { step } }) => {
    if (ruleOf(step).packs) await packages.check(tx, { ...packageOf(file), caseId: file.id });
  });

/** A step that serves a document starts its limits when the service counts. */
const moveLimits = <Tx>({ deadlines: limits }: Deps<Tx>): CaseStage<Tx> =>
  keepLimits(CASE, {
    limits,
    of: ({ before, file, asked: { step }, around: { orders } }) => limitsOf(before, file, step, isToPolice(file, orders)),
    from: ({ asked: { service }, around }) => (service ? servedFrom(service, around) : around.now),
    metAt: ({ asked: { service }, file, around: { now } }) => service?.at ?? madeAt(file.entries.at(-1)?.particulars, now),
    isOver,
  });

/** After a suspension or a late entry of a service, the board shows the limits of the institution with all its days. */
const giveBackDays = <Tx>({ deadlines }: Deps<Tx>): CaseStage<Tx> =>
  only(async ({ tx, file, asked: { step }, around }) => {
    const back = step === 'RESUME' ? replyLimitsAfter(file, around.calendar) : endsAfterLateEntry(file, step, around);
    for (const { code, day } of back) await deadlines.moveTo(tx, code, { fileId: file.id }, day);
  });

/** The time for a fine runs from the end of the act, and is met when the fine is opened (行政处罚法 §36). */
const keepActEnd = <Tx>({ deadlines }: Deps<Tx>): CaseStage<Tx> =>
  only(async ({ tx, file, asked: { step }, around: { now } }) => {
    const { actEnd, id: fileId, institution, authority } = file;
    if (step !== 'OPEN_PENALTY' || !actEnd || actEnd.continues) return;
    const startedAt = actEndedAt(actEnd);
    await deadlines.start(tx, 'D-PEN-LIMIT', { fileId, institution, authority, startedAt });
    if (actEnd.grave) await deadlines.extend(tx, 'D-PEN-LIMIT', { fileId }, startedAt);
    await deadlines.meet(tx, 'D-PEN-LIMIT', { fileId }, now);
  });

/** Takes the step once per request; returns the case's id. Refuses as `decideStep`, `case.unknown`, `attachment.unknown`, as `packages.check`, `withCount`, `checkCounted`, `withList`, `draftNotice`, `keepNotice`. */
export const takeStep = <Tx>(deps: Deps<Tx>) => {
  const { cases, transactions } = deps;
  const run = runStep<Tx, CaseTerms>({
    lock: lock(deps),
    stages: [
      decide(CASE),
      checkEvidence(deps),
      checkCounted(deps),
      moveLimits(deps),
      giveBackDays(deps),
      keepActEnd(deps),
      // Documents draw numbers, and a drawn counter is locked until the transaction ends, so the stages without numbers come
      // first. A notice names the intended measures (行政处罚法 §44), so the notice reads the draft of the step, as the
      // decision does.
      draftNotice(deps),
      issue(CASE, deps.documents),
      keepNotice(deps),
      checkPackage(deps),
      serve(CASE, deps.documents),
      handOver(deps),
      only(({ tx, before, file }) => cases.save(tx, before, file)),
      only(({ tx, before, file }) => cases.publish(tx, before, file)),
      only(({ tx, file, around: { orders } }) => discardUseless(deps)(tx, file, orders)),
    ],
  });
  return async ({ request, choice, ...step }: TakeStep): Promise<string> => {
    // What other services answer is asked before the transaction.
    const { caseId, ...asked } = await withList(deps)(await withCount(deps)(step), choice);
    return transactions.once(request, async (tx) => (await run(tx, caseId, asked)).id);
  };
};
