// A paper of the institution that an officer enters (代录): its scan is attached, and the day on which it was received counts for the
// limits. A waiver names each right that is given up.
import { dayOf, isDay, Refusal } from '@hengji/domain-kit';
import { endOfDay } from '@hengji/province';
import type { Case, CaseEntry } from '../case';
import type { Particulars, WaivedRight } from './particulars';

const RULE = '行政处罚法第四十四条、第四十五条';

const refuse = (reason: string, field: string, message: string): never => {
  throw new Refusal('invalid', `case.${reason}`, message, { field, rule: RULE });
};

/** The day before which no reply to the notice can exist: that of its issue. An older version issued the notice with its service. */
const noticedOn = ({ entries }: Pick<Case, 'entries'>): string => {
  const notice = entries.findLast(({ step }) => step === 'ISSUE_NOTICE') ?? entries.findLast(({ step }) => step === 'SERVE_NOTICE');
  return notice ? dayOf(notice.at) : '';
};

interface Entered {
  readonly receivedOn: string;
  readonly attachmentIds: readonly string[];
  readonly now: Date;
}

/** Refuses `case.paper_missing`, `case.received_invalid`. */
export const checkPaper = (theCase: Pick<Case, 'entries'>, { receivedOn, attachmentIds, now }: Entered): void => {
  if (attachmentIds.length === 0) refuse('paper_missing', 'attachment_ids', '代录当事人的书面材料，应附其扫描件');
  if (!isDay(receivedOn)) return refuse('received_invalid', 'received_on', '应写明收到书面材料的日期');
  if (receivedOn > dayOf(now)) refuse('received_invalid', 'received_on', '收到书面材料的日期不能晚于今天');
  if (receivedOn < noticedOn(theCase))
    refuse('received_invalid', 'received_on', `收到书面材料的日期不能早于告知书的制作日期（${noticedOn(theCase)}）`);
};

/** When the statement of the institution counts as made: a paper at the end of the day on which it was received. */
export const madeAt = (stated: Pick<Particulars, 'receivedOn'> | undefined, now: Date): Date => {
  const receivedOn = stated?.receivedOn ?? '';
  if (receivedOn === '') return now;
  const end = endOfDay(receivedOn);
  return end < now ? end : now;
};

/** Refuses `case.waiver_unnamed`. */
export const checkWaived = (waived: readonly WaivedRight[]): void => {
  if (waived.length === 0) refuse('waiver_unnamed', 'waived', '应写明放弃哪些权利：陈述申辩、听证');
};

/** Whether the entry gives up the right. A waiver that an older version recorded names no right and gave up both. */
export const givesUp = ({ step, particulars }: CaseEntry, right: WaivedRight): boolean =>
  step === 'WAIVE_REPLY' && (particulars.waived.length === 0 || particulars.waived.includes(right));
