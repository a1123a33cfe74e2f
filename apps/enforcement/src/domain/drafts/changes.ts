// The content of a draft, and what one version changed of another, in words. Each field has one row.
import { levelName, occupationLabel } from '@hengji/province';
import { VIOLATIONS_ZH } from '../documents/words';
import type { DraftAsked } from '../gates';
import { MEASURE_NAMES } from '../scope';

/** What an edit may change. */
export type DraftContent = Omit<DraftAsked, 'id' | 'actor' | 'caseId'>;

export const contentOf = (from: DraftContent): DraftContent => ({
  scope: from.scope,
  measures: from.measures,
  grounds: from.grounds,
  reason: from.reason,
  rectifyBy: from.rectifyBy,
  interim: from.interim,
  urgency: from.urgency,
  endCondition: from.endCondition,
  supersedes: from.supersedes,
  title: from.title,
});

const MOST_NAMED = 3;

/** A list in words: the first entries, and how many there are. */
const listed = (entries: readonly string[]): string => {
  if (entries.length === 0) return '';
  const named = entries.slice(0, MOST_NAMED).join('、');
  return entries.length > MOST_NAMED ? `${named}等${entries.length}项` : named;
};

interface Field {
  readonly title: string;
  readonly words: (content: DraftContent) => string;
  /** What is compared, where the words leave something out. */
  readonly all?: (content: DraftContent) => readonly unknown[];
}

const list = (title: string, of: (content: DraftContent) => readonly string[]): Field => ({
  title,
  words: (content) => listed(of(content)),
  all: (content) => [...of(content)].sort(),
});

const FIELDS: readonly Field[] = [
  { title: '名称', words: ({ title }) => title },
  list('计划', ({ scope }) => scope.plans),
  list('场次', ({ scope }) => scope.sessions),
  list('职业等级', ({ scope }) =>
    scope.occupationLevels.map(({ occupation, level }) => `${occupationLabel(occupation)} ${levelName(level)}`),
  ),
  {
    title: '人员',
    words: ({ scope }) => (scope.persons.length === 0 ? '' : `${scope.persons.length}人`),
    all: ({ scope }) => [...scope.persons].sort(),
  },
  list('证书', ({ scope }) => scope.certificates),
  {
    title: '考试日期',
    words: ({ scope: { from, until } }) => (from === '' && until === '' ? '' : `${from || '…'} 至 ${until || '…'}`),
  },
  list('措施', ({ measures }) => measures.map((measure) => MEASURE_NAMES[measure])),
  list('违规情形', ({ grounds }) => grounds.map((ground) => VIOLATIONS_ZH[ground])),
  { title: '事实与理由', words: ({ reason }) => reason },
  { title: '整改期限', words: ({ rectifyBy }) => rectifyBy },
  { title: '先行停止', words: ({ interim }) => (interim ? '是' : '否') },
  { title: '紧急理由', words: ({ urgency }) => urgency },
  { title: '终止条件', words: ({ endCondition }) => endCondition },
  { title: '取代的处理决定', words: ({ supersedes }) => supersedes },
];

const shown = (words: string): string => (words === '' ? '（无）' : words);

/** One sentence for each changed field: 措施：取消评价结果 → 取消评价结果、宣布证书作废. */
export const changesBetween = (before: DraftContent, after: DraftContent): string[] =>
  FIELDS.flatMap(({ title, words, all = (content) => [words(content)] }) => {
    if (JSON.stringify(all(before)) === JSON.stringify(all(after))) return [];
    return [`${title}：${shown(words(before))} → ${shown(words(after))}`];
  });
