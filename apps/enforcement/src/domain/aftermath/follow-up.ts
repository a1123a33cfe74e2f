// 善后 (M7, N3.5d): a removal from the directory leaves follow-up work. Each piece of that work has its own limit.
import { Refusal } from '@hengji/domain-kit';
import type { DeadlineCode } from '../deadlines/registry';

export const FOLLOW_UPS = {
  CANDIDATES_IN_PROGRESS: { title: '在考考生妥善安置', deadline: 'D-FOLLOW-CANDIDATES' },
  ARCHIVES_HANDED_OVER: { title: '评价档案移交', deadline: 'D-FOLLOW-ARCHIVES' },
  FEES_SETTLED: { title: '评价费用清退', deadline: 'D-FOLLOW-FEES' },
  REGISTERS_CLOSED: { title: '备案台账核销', deadline: 'D-FOLLOW-REGISTERS' },
} as const satisfies Record<string, { title: string; deadline: DeadlineCode }>;

export type FollowUpKind = keyof typeof FOLLOW_UPS;
export const FOLLOW_UP_KINDS = Object.keys(FOLLOW_UPS) as readonly FollowUpKind[];

export interface FollowUp {
  readonly orderId: string;
  readonly caseId: string;
  readonly kind: FollowUpKind;
  readonly dueAt: Date;
  readonly note: string;
  readonly doneBy: string | null;
  readonly doneAt: Date | null;
  /** True when the removal was lifted and no follow-up remains. */
  readonly cancelled: boolean;
}

export const isOpenFollowUp = ({ doneAt, cancelled }: Pick<FollowUp, 'doneAt' | 'cancelled'>): boolean => doneAt === null && !cancelled;

const LONGEST_NOTE = 2_000;

/** Closes one follow-up with a note on its result. Refuses `follow_up.done`, `follow_up.note_missing`. */
export const finishFollowUp = (one: FollowUp, note: string, by: string, at: Date): FollowUp => {
  if (!isOpenFollowUp(one)) throw new Refusal('illegalMove', 'follow_up.done', '该善后事项已经办结', { field: 'kind', rule: 'N3.5d' });
  if (note.trim() === '' || note.length > LONGEST_NOTE)
    throw new Refusal('invalid', 'follow_up.note_missing', `请写明善后事项的办理结果，不超过${LONGEST_NOTE}字`, {
      field: 'note',
      rule: 'N3.5d',
    });
  return { ...one, note, doneBy: by, doneAt: at };
};
