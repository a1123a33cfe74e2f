// Collective discussion (集体讨论, 行政处罚法第五十七条): a decision that voids certificates or removes the institution from the directory,
// and each fine, is discussed by three or more people and recorded before it is made.
import { dayOf, isDay, Refusal } from '@hengji/domain-kit';
import type { Measure } from '../../cascade';
import type { Case, OrderOfCase } from '../case';
import type { Discussion } from './particulars';

const RULE = '行政处罚法第五十七条';
const LEAST = 3;

/** M3 and M7. */
const DISCUSSED: readonly Measure[] = ['VOID_CERTIFICATES', 'REMOVE_FROM_DIRECTORY'];

type Recorded = Pick<Case, 'entries'>;

const refuse = (field: string, message: string): never => {
  throw new Refusal('invalid', 'case.discussion_invalid', message, { field, rule: RULE });
};

/** The day of the latest proposal: a discussion before it was about another one. */
const proposedOn = ({ entries }: Recorded): string => {
  const proposal = entries.findLast(({ step }) => step === 'PROPOSE');
  return proposal ? dayOf(proposal.at) : '';
};

/** Refuses `case.discussion_invalid`. */
export const checkDiscussion = (theCase: Recorded, discussion: Discussion | null, now: Date): void => {
  const { heldOn, participants, conclusion } = discussion ?? { heldOn: '', participants: [], conclusion: '' };
  if (!isDay(heldOn)) refuse('held_on', '应写明集体讨论的日期');
  if (heldOn > dayOf(now)) refuse('held_on', '集体讨论的日期不能晚于今天');
  if (heldOn < proposedOn(theCase)) refuse('held_on', `集体讨论的日期不能早于处理建议的日期（${proposedOn(theCase)}）`);
  const names = new Set(participants.map((name) => name.trim()).filter((name) => name !== ''));
  if (names.size < LEAST) refuse('participants', `集体讨论应有${LEAST}名以上参加人，并写明姓名`);
  if (conclusion.trim() === '') refuse('conclusion', '应写明集体讨论的结论');
};

/** Refuses `case.attachment_missing`. */
export const checkRecord = (attachmentIds: readonly string[]): void => {
  if (attachmentIds.length === 0)
    throw new Refusal('invalid', 'case.attachment_missing', '集体讨论应附讨论记录', { field: 'attachment_ids', rule: RULE });
};

const notDiscussed = (message: string): Refusal => new Refusal('illegalMove', 'case.not_discussed', message, { field: 'step', rule: RULE });

export const needsDiscussion = ({ measures }: Pick<OrderOfCase, 'measures'>): boolean =>
  measures.some((measure) => DISCUSSED.includes(measure));

/** Whether the draft was discussed since it was proposed. */
export const isDiscussed = ({ entries }: Recorded, draftId: string): boolean =>
  entries
    .slice(entries.findLastIndex(({ step }) => step === 'PROPOSE') + 1)
    .some(({ step, orderId }) => step === 'DISCUSS' && orderId === draftId);

/** Refuses `case.not_discussed`. */
export const checkDraftDiscussed = (theCase: Recorded, draft: Pick<OrderOfCase, 'id' | 'measures'>): void => {
  if (needsDiscussion(draft) && !isDiscussed(theCase, draft.id))
    throw notDiscussed('宣布证书作废、移出目录的处理决定，应先经集体讨论并附讨论记录');
};

/** Refuses `case.not_discussed`: each fine is discussed after it was opened. */
export const checkFineDiscussed = ({ entries }: Recorded): void => {
  const since = entries.slice(entries.findLastIndex(({ step }) => step === 'OPEN_PENALTY') + 1);
  if (!since.some(({ step }) => step === 'DISCUSS')) throw notDiscussed('行政处罚决定应先经集体讨论并附讨论记录');
};
