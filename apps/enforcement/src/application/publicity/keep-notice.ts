// The public notice as stages of a step's transaction: a step that publishes writes the notice before its document is made, and publishes it
// afterwards; a step that changes or takes back the decision withdraws the notice that stood.
import { only, type Limits, type Stage } from '@hengji/procedure';
import { dayOf, Refusal } from '@hengji/domain-kit';
import { endOf } from '@hengji/province';
import type { CaseTerms, StepAsked } from '../../domain/cases/terms';
import {
  AMENDED,
  AS_DECIDED,
  checkNoFaults,
  checkPublicReason,
  composeNotice,
  CORRECTED,
  faultsOf,
  isPublishing,
  type NoticeAsked,
} from '../../domain/publicity/notice';
import type { FindOrder } from '../aftermath/ports';
import type { Notices, ReceiversOf } from './ports';
import { seenOf } from './preview-notice';

interface Deps<Tx> {
  readonly notices: Notices<Tx>;
  readonly deadlines: Pick<Limits<Tx>, 'meet'>;
  readonly findOrder: FindOrder<Tx>;
  readonly receiversOf: ReceiversOf<Tx>;
  readonly newId: () => string;
}

const conflict = (reason: string, message: string): never => {
  throw new Refusal('conflict', reason, message, { field: 'notice.seen', rule: 'rules §7.5' });
};

const askedOf = ({ notice }: StepAsked): NoticeAsked => notice ?? { choice: AS_DECIDED, entries: [], liftings: 0 };

/** Refuses as `composeNotice`, `publicity.personal_data`, `publicity.seen_differs`. */
export const draftNotice = <Tx>({ notices, findOrder, receiversOf, newId }: Deps<Tx>): Stage<Tx, CaseTerms> =>
  only(async ({ tx, file, before, asked, around: { now, calendar } }) => {
    if (!isPublishing(asked.step) || !file.decision) return;
    const { orderId } = file.decision;
    const order = await findOrder(tx, orderId);
    const { choice, entries, liftings } = askedOf(asked);
    if (liftings !== order.liftings.length) conflict('publicity.seen_differs', '处理决定刚刚发生变更，请重新预览后公示');
    const content = composeNotice(file, order, { choice, entries, replaces: before.publicNotice?.number ?? '' });
    checkNoFaults(faultsOf(file, content.text, { receivers: await receiversOf(tx, file.id), notNames: choice.notNames }));
    if (choice.seen !== '' && choice.seen !== seenOf(content))
      conflict('publicity.seen_differs', '公示内容与预览的不一致，请重新预览后公示');
    const until = endOf(calendar, calendar.amountOf('D-DECISION-PUBLIC', now), now).at;
    await notices.insert(
      tx,
      {
        ...{ id: newId(), caseId: file.id, orderId, number: '', documentId: '', text: content.text },
        ...{ publishedAt: now, publicUntil: dayOf(until), withdrawnAt: null, withdrawnReason: '', replacedBy: '' },
      },
      entries,
    );
  });

const reasonOf = ({ step, text }: StepAsked): string => {
  if (isPublishing(step)) return AMENDED;
  return step === 'WITHDRAW_NOTICE' ? text.trim() : CORRECTED;
};

/** Runs after the documents of the step. Refuses `publicity.personal_data` in the public reason of a withdrawal. */
export const keepNotice = <Tx>({ notices, deadlines }: Pick<Deps<Tx>, 'notices' | 'deadlines'>): Stage<Tx, CaseTerms> =>
  only(async ({ tx, file, before, asked, around: { now } }) => {
    const [old, standing] = [before.publicNotice, file.publicNotice];
    const number = standing?.number ?? '';
    if (isPublishing(asked.step)) {
      const { notice } = await notices.getWaiting(tx, file.id);
      await notices.publish(tx, notice, { id: file.entries.at(-1)?.documentIds[0] ?? '', number });
    }
    if (!old || old.number === number) return;
    const reason = reasonOf(asked);
    checkPublicReason(file, reason);
    await notices.withdraw(tx, file.id, old.number, { at: now, reason, replacedBy: number });
    // Also where the step that changed the decision has just started the limit.
    await deadlines.meet(tx, 'D-PEN-WITHDRAW-PUB', { fileId: file.id }, now);
  });
