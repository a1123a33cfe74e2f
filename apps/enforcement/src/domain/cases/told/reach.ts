// What a draft reaches (处理对象): results, certificates, uploads and subsidies, as the services count them when the notice (告知书) is made. The
// notice prints it and the record keeps it; the decision and the signature are on exactly that (行政处罚法 §44, §45).
import { Refusal } from '@hengji/domain-kit';
import { yuan } from '@hengji/province';
import type { Effect, Measure } from '../../cascade';
import type { Previews, Row } from '../../ledger';
import { MEASURE_NAMES } from '../../scope';
import type { Case } from '../case';
import type { Reached } from '../particulars/particulars';

interface Kind {
  /** The effect whose records are counted. */
  readonly effect: Effect;
  readonly words: (reached: Reached) => string;
  /** Whether the records are those that were notified, or not more. */
  readonly isWithin: (told: Reached, now: Reached) => boolean;
}

const isSame = (told: Reached, now: Reached): boolean => told.root === now.root;

/** The measures that change records of people. Which certificates are withdrawn from the ministry follows from those that are void. */
const KINDS: Partial<Record<Measure, Kind>> = {
  CANCEL_RESULTS: {
    effect: 'CANCEL_RESULTS',
    words: ({ count, people }) => `涉及考生${people}人、评价结果${count}项`,
    isWithin: isSame,
  },
  VOID_CERTIFICATES: {
    effect: 'VOID_CERTIFICATES',
    words: ({ count, people }) => `涉及持证人${people}人、证书${count}本`,
    isWithin: isSame,
  },
  WITHDRAW_UPLOADS: {
    effect: 'WITHDRAW_UPLOADS',
    words: ({ count }) => `涉及已上传的证书数据${count}条`,
    isWithin: () => true,
  },
  // A subsidy that was paid back meanwhile makes the sum smaller.
  RECOVER_SUBSIDIES: {
    effect: 'OPEN_RECOVERIES',
    words: ({ count, people, fen }) => `涉及${people}人、补贴${count}笔，共计人民币${yuan(BigInt(fen))}元`,
    isWithin: (told, now) => now.fen <= told.fen && now.count <= told.count,
  },
};

/** What the rows of an order reach by these previews. */
export const reachOf = (rows: readonly Row[], previews: Previews): Reached[] =>
  rows.flatMap(({ number, measure, target, undoesRow }) => {
    const preview = previews.get(number);
    if (measure === null || !preview || undoesRow !== 0 || KINDS[measure]?.effect !== target.effect) return [];
    const fen = measure === 'RECOVER_SUBSIDIES' ? Number(preview.fen) : 0;
    const root = Buffer.from(preview.root).toString('hex');
    return [{ measure, count: Number(preview.count), people: Number(preview.people), fen, root }];
  });

/** What the measure reaches, in words; empty for a measure that changes no records of people. */
export const reachInWords = (measure: Measure, reach: readonly Reached[]): string => {
  const reached = reach.find((one) => one.measure === measure);
  return reached ? (KINDS[measure]?.words(reached) ?? '') : '';
};

/** Whether certificates and their holders are listed in the annex (附件) of the document. */
export const listsHolders = (measures: readonly Measure[]): boolean =>
  measures.includes('CANCEL_RESULTS') || measures.includes('VOID_CERTIFICATES');

type Recorded = Pick<Case, 'entries'>;

/** The draft of the notice that was served last; empty before a service, and of a notice without a draft. */
export const toldDraft = ({ entries }: Recorded): string => entries.findLast(({ step }) => step === 'SERVE_NOTICE')?.orderId ?? '';

/** What the notice on this draft said that it reaches; empty for a notice of an older version. */
const toldReach = ({ entries }: Recorded, draft: string): readonly Reached[] =>
  entries.findLast(({ step, orderId }) => step === 'ISSUE_NOTICE' && orderId === draft)?.particulars.reach ?? [];

/**
 * Refuses `case.beyond_notice`: the draft now reaches other people or certificates, or a larger sum, than its notice said. A notice of
 * an older version said nothing.
 */
export const checkReach = (theCase: Recorded, draft: string, reach: readonly Reached[]): void => {
  const told = toldReach(theCase, draft);
  for (const now of reach) {
    const before = told.find(({ measure }) => measure === now.measure);
    if (!before || KINDS[now.measure]?.isWithin(before, now) !== false) continue;
    const [then, since] = [reachInWords(now.measure, told), reachInWords(now.measure, reach)];
    const message = `“${MEASURE_NAMES[now.measure]}”的对象与告知书不一致：告知时${then}，现在${since}；应重新制作并送达告知书`;
    throw new Refusal('illegalMove', 'case.beyond_notice', message, { field: 'order_id', rule: '行政处罚法第四十四条、第四十五条' });
  }
};
