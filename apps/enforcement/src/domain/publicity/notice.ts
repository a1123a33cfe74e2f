// The public notice (公示) of a decision: what the public reads of it, composed from the case and its order, so that the text is that of the
// decision. The officer masks words and leaves parts out, with a reason; he writes no other text. Basis: N2.1c, N3.5c; 行政处罚法 §48, rules
// §7.5, §10.2.
import { dayOf, Refusal } from '@hengji/domain-kit';
import { authorityName, listedInWords } from '@hengji/province';
import type { Case, CaseStep } from '../cases/case';
import { basisInWords, LIFT_GROUNDS_ZH, measureInWords, MEASURES_ZH, VIOLATIONS_ZH } from '../documents/words';
import { isInForce } from '../liftings';
import type { Lifting, Order } from '../order';
import type { Scope } from '../scope';
import { EXPOSURE_KINDS, exposuresIn, masked, type Exposure } from './exposures';

export const NOTICE_PARTS = ['FACTS', 'REASONS', 'LIST'] as const;
export type NoticePart = (typeof NOTICE_PARTS)[number];
export const PARTS_ZH = { FACTS: '事实', REASONS: '说理', LIST: '名单' } as const satisfies Record<NoticePart, string>;

/** What the officer decides about a notice. */
export interface NoticeChoice {
  readonly mask: readonly string[];
  readonly leftOut: readonly NoticePart[];
  readonly leftOutReason: string;
  readonly notNames: readonly string[];
  /** SHA-256 (hex) of the preview; empty = not compared. */
  readonly seen: string;
}

export const AS_DECIDED: NoticeChoice = { mask: [], leftOut: [], leftOutReason: '', notNames: [], seen: '' };

/** An affected certificate and its masked holder, e.g. 张*. */
export interface NoticeEntry {
  readonly certificateNumber: string;
  readonly maskedName: string;
}

/** The fields of `NoticeText` in proto. */
export interface NoticeText {
  readonly title: string;
  readonly institution: string;
  readonly institutionName: string;
  readonly authority: string;
  readonly authorityName: string;
  readonly decisionNumber: string;
  /** YYYY-MM-DD. */
  readonly decidedOn: string;
  readonly facts: string;
  readonly grounds: string;
  readonly basis: string;
  readonly reasons: string;
  readonly measures: readonly string[];
  readonly lifted: readonly string[];
  readonly leftOut: readonly NoticePart[];
  readonly leftOutReason: string;
  readonly listed: number;
  /** Number of the notice that this one replaces; empty for the first. */
  readonly replaces: string;
}

export interface NoticeContent {
  readonly text: NoticeText;
  readonly entries: readonly NoticeEntry[];
}

/** The choice, with the list as it was read before the step. */
export interface NoticeAsked {
  readonly choice: NoticeChoice;
  readonly entries: readonly NoticeEntry[];
  /** How many liftings the order had when the list was read. */
  readonly liftings: number;
}

/** A notice as stored; `withdrawnReason` is public. */
export interface PublicNotice {
  readonly id: string;
  readonly caseId: string;
  readonly orderId: string;
  /** Empty until its document is made, in the same transaction. */
  readonly number: string;
  readonly documentId: string;
  readonly text: NoticeText;
  readonly publishedAt: Date;
  /** The last day on which it is public, YYYY-MM-DD. */
  readonly publicUntil: string;
  readonly withdrawnAt: Date | null;
  readonly withdrawnReason: string;
  readonly replacedBy: string;
}

const PUBLISHING: readonly CaseStep[] = ['PUBLISH', 'AMEND_NOTICE'];
export const isPublishing = (step: CaseStep): boolean => PUBLISHING.includes(step);

const MOST_WORDS = 50;
const LONGEST_WORD = 60;
const LONGEST_REASON = 500;
const RULE_OF = { law: '行政处罚法第四十八条', data: 'rules §10.2' } as const;

const checkWords = (field: string, words: readonly string[]): void => {
  const wrong = words.findIndex((word) => [...word.trim()].length < 2 || [...word].length > LONGEST_WORD);
  if (words.length <= MOST_WORDS && wrong < 0) return;
  throw new Refusal('invalid', 'publicity.mask_invalid', `每个词语应为2至${LONGEST_WORD}个字，最多${MOST_WORDS}个`, {
    field: `${field}[${Math.max(0, wrong)}]`,
    rule: RULE_OF.data,
  });
};

/** Refuses `publicity.mask_invalid`, `publicity.reason_missing`. */
export const checkChoice = ({ mask, notNames, leftOut, leftOutReason }: NoticeChoice): void => {
  checkWords('notice.mask', mask);
  checkWords('notice.not_names', notNames);
  const isFitting = leftOut.length === 0 || leftOutReason.trim() !== '';
  if (isFitting && leftOutReason.length <= LONGEST_REASON) return;
  throw new Refusal('invalid', 'publicity.reason_missing', `不予公开的部分应写明理由和法律依据，不超过${LONGEST_REASON}字`, {
    field: 'notice.left_out_reason',
    rule: RULE_OF.law,
  });
};

const lastOf = ({ entries }: Case, step: CaseStep) => entries.findLast((entry) => entry.step === step);

/** Longer words first, so that a number within a longer word does not break it. */
const withMasks = (text: string, mask: readonly string[]): string =>
  [...mask].sort((a, b) => b.length - a.length).reduce((rest, word) => rest.replaceAll(word, masked(word)), text);

const checkUsed = (mask: readonly string[], texts: readonly string[]): void => {
  const unused = mask.findIndex((word) => !texts.some((text) => text.includes(word)));
  if (unused < 0) return;
  throw new Refusal('invalid', 'publicity.mask_unused', `公示的事实和说理中没有“${mask[unused] ?? ''}”`, {
    field: `notice.mask[${unused}]`,
    rule: RULE_OF.data,
  });
};

/** Never the free text of the lifting: its reason is not written for the public. */
const liftedInWords = ({ documentNo, ground, measures, whole }: Lifting): string =>
  `因${LIFT_GROUNDS_ZH[ground]}，依解除决定（${documentNo}）解除：${measures.map((measure) => MEASURES_ZH[measure]).join('、')}${whole ? '' : '（以解除决定载明的范围为限）'}`;

/** The scopes whose certificates are no longer void. */
export const reinstated = ({ liftings }: Order): Scope[] =>
  liftings.filter(({ measures }) => measures.includes('VOID_CERTIFICATES')).map(({ scope }) => scope);

/** Whether the decision affects certificates that a list can name. */
export const hasList = (order: Order, { leftOut }: NoticeChoice): boolean =>
  isInForce(order, 'VOID_CERTIFICATES', order.scope) && !leftOut.includes('LIST');

interface Composed {
  readonly choice: NoticeChoice;
  readonly entries: readonly NoticeEntry[];
  readonly replaces: string;
}

/** What the public reads. Refuses as `checkChoice`, `publicity.mask_unused`. */
export const composeNotice = (theCase: Case, order: Order, { choice, entries, replaces }: Composed): NoticeContent => {
  checkChoice(choice);
  const { mask, leftOut, leftOutReason } = choice;
  const finding = lastOf(theCase, 'FIND_FOUNDED')?.text || theCase.summary;
  const decision = lastOf(theCase, 'DECIDE');
  const shown = (part: NoticePart, text: string): string => (leftOut.includes(part) ? '' : text.trim());
  const [facts, reasons] = [shown('FACTS', finding), shown('REASONS', decision?.text ?? '')];
  checkUsed(mask, [facts, reasons]);
  const grounds = order.grounds.length > 0 ? order.grounds : theCase.grounds;
  const { institution, institutionName, authority } = theCase;
  return {
    text: {
      ...{
        title: `关于${institutionName}的处理决定公示`,
        institution,
        institutionName,
        authority,
        authorityName: authorityName(authority),
      },
      decisionNumber: theCase.decision?.number ?? '',
      decidedOn: decision ? dayOf(decision.at) : '',
      ...{ facts: withMasks(facts, mask), reasons: withMasks(reasons, mask) },
      ...{ grounds: listedInWords(grounds.map((ground) => VIOLATIONS_ZH[ground])), basis: basisInWords(grounds) },
      measures: order.measures
        .filter((measure) => isInForce(order, measure, order.scope))
        .map((measure) => measureInWords(measure, order.rectifyBy)),
      lifted: order.liftings.map(liftedInWords),
      ...{ leftOut: NOTICE_PARTS.filter((part) => leftOut.includes(part)), leftOutReason: leftOut.length > 0 ? leftOutReason.trim() : '' },
      ...{ listed: entries.length, replaces },
    },
    entries,
  };
};

/** The fields of the notice that people wrote. */
const FREE = { facts: '事实', reasons: '说理', leftOutReason: '不予公开的理由' } as const;
const FIELD = { facts: 'notice.facts', reasons: 'notice.reasons', leftOutReason: 'notice.left_out_reason' } as const;

export interface NoticeFault {
  readonly field: string;
  /** The character, from 1. */
  readonly at: number;
  readonly words: string;
}

/** A number is not repeated in full: refusals are read and kept in more places than the case file. */
const named = ({ kind, found }: Exposure): string => (kind === 'name' ? found : masked(found));

const faultIn = (text: string, title: string, field: string, one: Exposure): NoticeFault => {
  const at = [...text.slice(0, one.at)].length + 1;
  return { field, at, words: `“${title}”第${at}字起的“${named(one)}”是${EXPOSURE_KINDS[one.kind]}，公开前应当遮蔽` };
};

/** Names that the record has: the people of the institution who took a step, and the receivers of documents. */
const knownNames = ({ entries }: Case, receivers: readonly string[]): string[] => [
  ...new Set(
    [...entries.filter(({ step }) => OF_PARTY.includes(step)).map(({ byName }) => byName), ...receivers].filter((name) =>
      /^\p{Script=Han}{2,4}$/u.test(name),
    ),
  ),
];
const OF_PARTY: readonly CaseStep[] = ['REPLY', 'WAIVE_REPLY', 'REQUEST_HEARING'];

/** Titles by which a receiver may be named instead of a name. */
const NO_NAMES = ['法定代表人', '机构负责人', '负责人', '校长', '传达室', '收发室', '办公室', '前台', '门卫', '代收人'];

interface Reading {
  readonly receivers: readonly string[];
  readonly notNames: readonly string[];
}

/** Personal data in the notice; empty when it may be published. */
export const faultsOf = (theCase: Case, text: NoticeText, { receivers, notNames }: Reading): NoticeFault[] => {
  const names = knownNames(theCase, receivers).filter((name) => !NO_NAMES.includes(name));
  const read = { names, shown: [theCase.institutionName, text.authorityName], notNames };
  return (Object.keys(FREE) as (keyof typeof FREE)[]).flatMap((field) =>
    exposuresIn(text[field], read).map((one) => faultIn(text[field], FREE[field], FIELD[field], one)),
  );
};

const refuseFault = ({ field, words }: NoticeFault): never => {
  throw new Refusal('invalid', 'publicity.personal_data', words, { field, rule: RULE_OF.data });
};

/** Refuses `publicity.personal_data`, naming the first place. */
export const checkNoFaults = ([first]: readonly NoticeFault[]): void => {
  if (first) refuseFault(first);
};

/** The reason of a withdrawal is public. Refuses `publicity.personal_data`. */
export const checkPublicReason = (theCase: Case, reason: string): void => {
  const [first] = exposuresIn(reason, { names: knownNames(theCase, []), shown: [theCase.institutionName] });
  if (first) refuseFault(faultIn(reason, '撤回的理由', 'text', first));
};

/** The public reason of a withdrawal that follows from a lifting. */
export const liftingReason = ({ ground, documentNo }: Pick<Lifting, 'ground' | 'documentNo'>): string =>
  `处理决定因${LIFT_GROUNDS_ZH[ground]}已经解除（${documentNo}）`;
export const CORRECTED = '处理决定由本机关自行纠正';
export const AMENDED = '以更正后的公示代替';

/** The state of the notice in words. */
export const noticeState = (notice: PublicNotice, outdated: boolean, today: string): string => {
  if (notice.replacedBy !== '') return '已更正';
  if (notice.withdrawnAt) return '已撤回';
  if (notice.publicUntil < today) return '公示期满';
  return outdated ? '公示中，处理决定已变更，应撤回或者更正' : '公示中';
};
