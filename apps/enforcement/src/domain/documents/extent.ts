// What a notice or a decision is about, in words: the measures with what each reaches, the scope, and the annex (附件) that names certificates
// and holders. The document is the institution's own copy, so it has whole names; the public notice has its own masked list.
import type { Heading, Rows } from '@hengji/procedure/tables';
import { dateInWords, levelName, listedInWords, occupationLabel } from '@hengji/province';
import { reachInWords } from '../cases/told/reach';
import type { Reached } from '../cases/particulars/particulars';
import type { ListedHolder } from '../cases/terms';
import type { Order } from '../order';
import type { Scope } from '../scope';
import { measureInWords } from './words';

type Part = string | Heading | Rows;

const named = (what: string, entries: readonly string[]): string[] => (entries.length === 0 ? [] : [`${what}：${entries.join('、')}`]);

const days = ({ from, until }: Scope): string[] => {
  if (from === '' && until === '') return [];
  const [begin, end] = [from && `自${dateInWords(from)}起`, until && `至${dateInWords(until)}止`];
  return [`考试日期：${begin}${end}`];
};

/** What narrows the scope; nothing for the whole institution. Certificates and persons are counted here and named in the annex. */
const narrowedBy = (scope: Scope): string[] => [
  ...named('认定计划', scope.plans),
  ...named('考试场次', scope.sessions),
  ...named(
    '职业和等级',
    scope.occupationLevels.map(({ occupation, level }) => `${occupationLabel(occupation)}${levelName(level)}`),
  ),
  ...(scope.persons.length === 0 ? [] : [`列明的人员${scope.persons.length}人`]),
  ...(scope.certificates.length === 0 ? [] : [`列明的证书${scope.certificates.length}本`]),
  ...days(scope),
];

/** The scope of an order in words. */
export const scopeInWords = (scope: Scope, institutionName: string): string => {
  const narrowed = narrowedBy(scope);
  const whole = `${institutionName}（机构代码：${scope.institution}）`;
  return narrowed.length === 0 ? `${whole}的全部评价活动` : `${whole}的以下评价活动：${narrowed.join('；')}`;
};

const measureWithReach = (order: Pick<Order, 'measures' | 'rectifyBy'>, reach: readonly Reached[]): string[] =>
  order.measures.map((measure) => {
    const reached = reachInWords(measure, reach);
    return `${measureInWords(measure, order.rectifyBy)}${reached === '' ? '' : `（${reached}）`}`;
  });

/** `lead` begins the sentence: 现决定. */
export const measuresInWords = (
  lead: string,
  order: Pick<Order, 'measures' | 'rectifyBy' | 'scope' | 'institutionName'>,
  reach: readonly Reached[],
): string[] => [
  `${lead}${listedInWords(measureWithReach(order, reach))}。`,
  `处理范围：${scopeInWords(order.scope, order.institutionName)}。`,
];

/** Rows up to this number; more are set as running text, which prints in half the time. */
const MOST_ROWS = 100;
/** The document is made within the transaction of its step: about one second per thousand. */
const MOST_NAMED = 3_000;

const line = ({ certificateNumber, name }: ListedHolder): string => `${certificateNumber} ${name}`;

/** The annex; nothing where no certificate is reached. */
export const annex = (holders: readonly ListedHolder[]): Part[] => {
  const count = holders.length;
  if (count === 0) return [];
  const title = { heading: `附件：涉及的证书和持证人（${count}本）` };
  if (count <= MOST_ROWS) return [title, { rows: holders.map(({ certificateNumber, name }) => [certificateNumber, name] as const) }];
  const rest = count > MOST_NAMED ? `本附件印出前${MOST_NAMED}本；其余${count - MOST_NAMED}本在前述处理范围内，名单可以向本机关查阅。` : '';
  return [title, `${holders.slice(0, MOST_NAMED).map(line).join('；')}。`, ...(rest === '' ? [] : [rest])];
};
