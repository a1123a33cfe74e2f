// A scope (处理范围) read two ways: as SQL over a table, and as a pure question about one record that a writer is about
// to make. Both must agree: the fence refuses exactly what the order would reach. Lists are joined by AND, entries of a
// list by OR, dates are inclusive, an empty list narrows nothing (proto enforcement/v1/order.proto).
import type { Scope } from '@hengji/contracts/enforcement/v1/order';
import { isDay, Refusal } from '@hengji/domain-kit';
import { isCertificateNumber, isInstitutionCode } from '@hengji/province';
import { NOT_NARROWED, type Hold, type ScopeColumns, type ScopeRecord } from './types';

const listed = (list: readonly string[], value: string | null | undefined): boolean =>
  list.length === 0 || (!!value && list.includes(value));

const within = (scope: Scope, day: string | null | undefined): boolean =>
  (scope.from === '' || (!!day && day >= scope.from)) && (scope.until === '' || (!!day && day <= scope.until));

const sortedEntries = (list: readonly unknown[]): string => JSON.stringify(list.map((entry) => JSON.stringify(entry)).sort());

const LISTS = ['plans', 'sessions', 'persons', 'certificates'] as const;

/** The same scope, whatever the order of its entries. */
export const sameScope = (a: Scope, b: Scope): boolean => {
  const levels = ({ occupationLevels }: Scope): unknown[] => occupationLevels.map(({ occupation, level }) => [occupation, level]);
  return (
    a.institution === b.institution &&
    a.from === b.from &&
    a.until === b.until &&
    LISTS.every((list) => sortedEntries(a[list]) === sortedEntries(b[list])) &&
    sortedEntries(levels(a)) === sortedEntries(levels(b))
  );
};

/** True if the record, made by the scope's institution, lies inside the scope. An attribute that is missing is outside. */
export const covers = (scope: Scope, record: ScopeRecord): boolean =>
  listed(scope.plans, record.planId) &&
  listed(scope.sessions, record.sessionId) &&
  (scope.occupationLevels.length === 0 ||
    scope.occupationLevels.some(({ occupation, level }) => occupation === record.occupation && level === record.level)) &&
  listed(scope.persons, record.person) &&
  listed(scope.certificates, record.certificateNumber) &&
  within(scope, record.examDate);

/** True if the hold keeps the record from being made: it lies in its scope and in no part that was lifted. */
export const isHeldBy = ({ scope, except }: Pick<Hold, 'scope' | 'except'>, record: ScopeRecord): boolean =>
  covers(scope, record) && !except.some((part) => covers(part, record));

/** One condition: `bare` has no alias yet; undefined means that the table has no such column. */
interface Narrowing {
  readonly columns: readonly (string | undefined)[];
  readonly value: string | undefined;
  readonly sql: (columns: readonly string[], param: string) => string;
}

// Lists travel as JSON text, so that every driver sends them alike and the planner still sees an array.
const LIST = (param: string): string => `ARRAY(SELECT jsonb_array_elements_text(${param}::jsonb))`;
const json = (list: readonly unknown[]): string | undefined => (list.length === 0 ? undefined : JSON.stringify(list));
const inList = ([column]: readonly string[], param: string): string => `${column} = ANY(${LIST(param)})`;

const narrowings = (scope: Scope, c: ScopeColumns): readonly Narrowing[] => [
  { columns: [c.institution], value: scope.institution, sql: ([column], param) => `${column} = ${param}` },
  { columns: [c.plan], value: json(scope.plans), sql: inList },
  { columns: [c.session], value: json(scope.sessions), sql: inList },
  {
    columns: [c.occupation, c.level],
    value: json(scope.occupationLevels.map(({ occupation, level }) => `${occupation}/${level}`)),
    sql: ([occupation, level], param) => `(${occupation} || '/' || ${level}) = ANY(${LIST(param)})`,
  },
  { columns: [c.person], value: json(scope.persons), sql: inList },
  { columns: [c.certificate], value: json(scope.certificates), sql: inList },
  { columns: [c.examDate], value: scope.from || undefined, sql: ([column], param) => `${column}::text >= ${param}` },
  { columns: [c.examDate], value: scope.until || undefined, sql: ([column], param) => `${column}::text <= ${param}` },
];

/**
 * The scope as one SQL condition over `alias`, with its parameters numbered from `firstParam`. A column that the table
 * lacks makes the condition false when the scope is narrowed by it; `NOT_NARROWED` leaves that narrowing out.
 */
export const scopeSql = (scope: Scope, columns: ScopeColumns, alias: string, firstParam: number): { sql: string; params: unknown[] } => {
  const params: unknown[] = [];
  const conditions: string[] = [];
  for (const { columns: names, value, sql } of narrowings(scope, columns)) {
    if (value === undefined || names.includes(NOT_NARROWED)) continue;
    const known = names.filter((name) => name !== undefined);
    if (known.length < names.length) {
      conditions.push('false');
      continue;
    }
    conditions.push(
      sql(
        known.map((name) => `${alias}.${name}`),
        `$${firstParam + params.length}`,
      ),
    );
    params.push(value);
  }
  return { sql: conditions.join(' AND '), params };
};

/** Conditions that are true of the records outside each of the scopes; a record that lacks what a scope names is outside. */
export const outsideSql = (
  scopes: readonly Scope[],
  columns: ScopeColumns,
  alias: string,
  firstParam: number,
): { sql: string[]; params: unknown[] } => {
  const params: unknown[] = [];
  const sql = scopes.map((scope) => {
    const inside = scopeSql(scope, columns, alias, firstParam + params.length);
    params.push(...inside.params);
    return `(${inside.sql}) IS NOT TRUE`;
  });
  return { sql, params };
};

const refuse = (field: string, message: string): never => {
  throw new Refusal('invalid', 'order.scope_invalid', message, { field, rule: 'enforcement.v1.Scope' });
};

const checkEntries = (field: string, list: readonly string[], valid: (entry: string) => boolean, message: string): void => {
  list.forEach((entry, i) => {
    if (!valid(entry)) refuse(`${field}[${i}]`, message);
  });
};

/** The scope, if it is well formed; refuses `order.scope_invalid` naming the first field at fault. */
export const checkScope = (scope: Scope | undefined, field = 'scope'): Scope => {
  if (scope === undefined) return refuse(field, '必须给出处理范围');
  if (!isInstitutionCode(scope.institution)) refuse(`${field}.institution`, '机构代码应为13位');
  const named = (entry: string): boolean => entry.trim() !== '';
  checkEntries(`${field}.plans`, scope.plans, named, '计划编号不能为空');
  checkEntries(`${field}.sessions`, scope.sessions, named, '场次编号不能为空');
  scope.occupationLevels.forEach(({ occupation, level }, i) => {
    if (!named(occupation)) refuse(`${field}.occupation_levels[${i}].occupation`, '职业编码不能为空');
    if (!/^[1-5A-Z]$/.test(level)) refuse(`${field}.occupation_levels[${i}].level`, '等级应为1位');
  });
  checkEntries(`${field}.persons`, scope.persons, (entry) => /^[0-9a-f]{32}$/.test(entry), '人员代号应为32位十六进制');
  checkEntries(`${field}.certificates`, scope.certificates, isCertificateNumber, '证书编号应为22位');
  if (scope.from !== '' && !isDay(scope.from)) refuse(`${field}.from`, '起始日期应为YYYY-MM-DD');
  if (scope.until !== '' && !isDay(scope.until)) refuse(`${field}.until`, '截止日期应为YYYY-MM-DD');
  if (scope.from !== '' && scope.until !== '' && scope.from > scope.until) refuse(`${field}.until`, '截止日期不能早于起始日期');
  return scope;
};
