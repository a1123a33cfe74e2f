// The scope of an order, and the checks of a request. Each fault is refused with its field and rule, before anything is written
// or any other service is called.
import { isDay, Refusal, type RefusalKind } from '@hengji/domain-kit';
import { checkNotReserved, isCertificateNumber, isCertificateLevel, isInstitutionCode, isOccupation } from '@hengji/province';
import { MEASURE_NEEDS, type Measure } from './cascade';

export interface OccupationLevel {
  readonly occupation: string;
  readonly level: string;
}

/** An institution, narrowed by every list that is not empty; `from` and `until` are inclusive days, or empty. */
export interface Scope {
  readonly institution: string;
  readonly plans: readonly string[];
  readonly sessions: readonly string[];
  readonly occupationLevels: readonly OccupationLevel[];
  readonly persons: readonly string[];
  readonly certificates: readonly string[];
  readonly from: string;
  readonly until: string;
}

/** The maximum of entries in all lists together; a larger group is named by plan, session or interval. */
export const MOST_ENTRIES = 1_000;

/** The maximum of a scope that names certificates alone: a pasted list. */
export const MOST_NUMBERS = 10_000;

export const LISTS = ['plans', 'sessions', 'occupationLevels', 'persons', 'certificates'] as const;
type ListField = (typeof LISTS)[number];

const ID = /^[0-9A-Za-z][0-9A-Za-z_.:-]{0,63}$/;
const PERSON = /^[0-9a-f]{32}$/;

const refuse = (field: string, message: string, rule: string, kind: RefusalKind = 'invalid'): never => {
  throw new Refusal(kind, 'order.scope_invalid', message, { field, rule });
};

const checkEach = <T>(field: string, entries: readonly T[], message: string, fits: (entry: T) => boolean): void => {
  const bad = entries.findIndex((entry) => !fits(entry));
  if (bad >= 0) refuse(`scope.${field}[${bad}]`, message, 'order.proto Scope');
  const seen = new Set<string>();
  entries.forEach((entry, i) => {
    const key = JSON.stringify(entry);
    if (seen.has(key)) refuse(`scope.${field}[${i}]`, '处理范围中有重复的条目', 'order.proto Scope');
    seen.add(key);
  });
};

const checkInterval = ({ from, until }: Scope): void => {
  if (from !== '' && !isDay(from)) refuse('scope.from', '起始日期应为 YYYY-MM-DD', 'order.proto Scope');
  if (until !== '' && !isDay(until)) refuse('scope.until', '截止日期应为 YYYY-MM-DD', 'order.proto Scope');
  if (from !== '' && until !== '' && from > until) refuse('scope.until', '截止日期不能早于起始日期', 'order.proto Scope');
};

/** Refuses `order.scope_invalid` or `institution.code_reserved`, naming the wrong entry. */
export const checkScope = (scope: Scope): void => {
  if (!isInstitutionCode(scope.institution)) refuse('scope.institution', '机构代码应为13位(如S000021010003)', '人社鉴发〔2019〕2号');
  checkNotReserved(scope.institution, 'scope.institution');
  const lists = [scope.plans, scope.sessions, scope.occupationLevels, scope.persons, scope.certificates];
  const entries = lists.reduce((total, list) => total + list.length, 0);
  const most = entries === scope.certificates.length ? MOST_NUMBERS : MOST_ENTRIES;
  if (entries > most) refuse('scope', `处理范围最多列出${most}个条目，现有${entries}个`, 'order.proto Scope', 'tooMuch');
  checkEach('plans', scope.plans, '计划编号格式不正确', (id) => ID.test(id));
  checkEach('sessions', scope.sessions, '场次编号格式不正确', (id) => ID.test(id));
  checkEach(
    'occupation_levels',
    scope.occupationLevels,
    '职业编码应为职业分类大典中的职业(如6-31-01-03)，等级应为 1 至 5、T（特级技师）或 S（首席技师）',
    ({ occupation, level }) => isOccupation(occupation) && isCertificateLevel(level),
  );
  checkEach('persons', scope.persons, '人员应为32位匿名标识，不得填写身份证号', (person) => PERSON.test(person));
  checkEach(
    'certificates',
    scope.certificates,
    '证书编号格式不正确，或不属于该机构',
    (number) => isCertificateNumber(number) && number.startsWith(scope.institution),
  );
  checkInterval(scope);
};

/**
 * The lists by which a measure cannot be narrowed. Evaluation is stopped for an institution, a plan or an occupation, not for a
 * person or an existing certificate. The directory lists whole institutions only.
 */
const NOT_NARROWED_BY = {
  STOP_EVALUATION: ['persons', 'certificates'],
  REMOVE_FROM_DIRECTORY: ['plans', 'sessions', 'occupationLevels', 'persons', 'certificates'],
} as const satisfies Partial<Record<Measure, readonly ListField[]>>;

const checkNarrowing = (scope: Scope, measure: keyof typeof NOT_NARROWED_BY): void => {
  const field = NOT_NARROWED_BY[measure].find((list) => scope[list].length > 0);
  if (field)
    refuse(
      `scope.${field === 'occupationLevels' ? 'occupation_levels' : field}`,
      `“${MEASURE_NAMES[measure]}”不能按此项缩小范围`,
      'rules §7.9',
    );
  if (measure === 'REMOVE_FROM_DIRECTORY' && (scope.from !== '' || scope.until !== '')) {
    refuse(scope.from !== '' ? 'scope.from' : 'scope.until', `“${MEASURE_NAMES[measure]}”不能按日期缩小范围`, 'rules §7.9');
  }
};

/** Names of the measures in the law (N3.5c). */
export const MEASURE_NAMES = {
  STOP_EVALUATION: '立即停止评价',
  CANCEL_RESULTS: '取消评价结果',
  VOID_CERTIFICATES: '宣布证书作废',
  WITHDRAW_UPLOADS: '撤销上传证书数据',
  RECOVER_SUBSIDIES: '追回补贴资金',
  RECTIFY: '责令限期整改',
  REMOVE_FROM_DIRECTORY: '移出目录',
  TRANSFER_TO_DISCIPLINE: '移交有关部门',
  TRANSFER_TO_POLICE: '移交公安机关',
} as const satisfies Record<Measure, string>;

/** Refuses `order.no_measure`, `order.measure_repeated`, `order.measure_needs`, and a scope that a measure cannot have. */
export const checkMeasures = (measures: readonly Measure[], scope: Scope): void => {
  if (measures.length === 0)
    throw new Refusal('invalid', 'order.no_measure', '处理决定至少应有一项处理措施', { field: 'measures', rule: 'N3.5c' });
  measures.forEach((measure, i) => {
    if (measures.indexOf(measure) !== i) {
      throw new Refusal('invalid', 'order.measure_repeated', `处理措施“${MEASURE_NAMES[measure]}”重复`, {
        field: `measures[${i}]`,
        rule: 'N3.5c',
      });
    }
  });
  for (const [measure, needed] of Object.entries(MEASURE_NEEDS) as [keyof typeof MEASURE_NEEDS, Measure][]) {
    if (measures.includes(measure) && !measures.includes(needed)) {
      const message = `“${MEASURE_NAMES[measure]}”须与“${MEASURE_NAMES[needed]}”同时作出`;
      throw new Refusal('invalid', 'order.measure_needs', message, { field: `measures[${measures.indexOf(measure)}]`, rule: 'rules §7.9' });
    }
  }
  if (measures.includes('STOP_EVALUATION')) checkNarrowing(scope, 'STOP_EVALUATION');
  if (measures.includes('REMOVE_FROM_DIRECTORY')) checkNarrowing(scope, 'REMOVE_FROM_DIRECTORY');
};

/** Refuses `order.rectify_by_invalid`: M6 needs a day after `today`; an order without M6 must leave the day empty. */
export const checkRectifyBy = (measures: readonly Measure[], rectifyBy: string, today: string): void => {
  const refuseDay = (message: string): never => {
    throw new Refusal('invalid', 'order.rectify_by_invalid', message, { field: 'rectify_by', rule: 'rules §7.1 M6' });
  };
  if (!measures.includes('RECTIFY')) {
    if (rectifyBy !== '') refuseDay('未采取“责令限期整改”，不能填写整改期限');
    return;
  }
  if (!isDay(rectifyBy)) refuseDay('“责令限期整改”须填写整改期限，格式为 YYYY-MM-DD');
  if (rectifyBy <= today) refuseDay('整改期限应晚于今天');
};

const sameList = (a: readonly unknown[], b: readonly unknown[]): boolean => {
  const known = new Set(a.map((entry) => JSON.stringify(entry)));
  return a.length === b.length && b.every((entry) => known.has(JSON.stringify(entry)));
};

/** Whether the scopes are equal, whatever the sequence of the entries. */
export const isSameScope = (a: Scope, b: Scope): boolean =>
  a.institution === b.institution && a.from === b.from && a.until === b.until && LISTS.every((list) => sameList(a[list], b[list]));
