// A scope (处理范围) in two forms: as SQL over a table, and as a pure check of one record that a writer is about to make. Both must agree: the
// fence refuses exactly the records that the order would reach. Lists are joined by AND, entries of a list by OR, dates are inclusive, an
// empty list narrows nothing (proto enforcement/v1/order.proto).
import type { Scope } from '@hengji/contracts/enforcement/v1/order';
import { isDay, Refusal } from '@hengji/domain-kit';
import { isCertificateNumber, isInstitutionCode } from '@hengji/province';
import sql, { join, type Sql } from 'sql-template-tag';
import { columnSql } from './effects/names';
import { NOT_NARROWED, type Hold, type ScopeColumns, type ScopeRecord } from './types';

const listed = (list: readonly string[], value: string | null | undefined): boolean =>
  list.length === 0 || (!!value && list.includes(value));

const within = (scope: Scope, day: string | null | undefined): boolean =>
  (scope.from === '' || (!!day && day >= scope.from)) && (scope.until === '' || (!!day && day <= scope.until));

const sortedEntries = (list: readonly unknown[]): string => JSON.stringify(list.map((entry) => JSON.stringify(entry)).sort());

const LISTS = ['plans', 'sessions', 'persons', 'certificates'] as const;

/** True if the scopes are the same, whatever the order of their entries. */
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

/** True if the record, made by the scope's institution, lies inside the scope. A record that lacks a narrowed attribute is outside. */
export const covers = (scope: Scope, record: ScopeRecord): boolean =>
  listed(scope.plans, record.planId) &&
  listed(scope.sessions, record.sessionId) &&
  (scope.occupationLevels.length === 0 ||
    scope.occupationLevels.some(({ occupation, level }) => occupation === record.occupation && level === record.level)) &&
  listed(scope.persons, record.person) &&
  listed(scope.certificates, record.certificateNumber) &&
  within(scope, record.examDate);

/** True if the hold blocks the record: the record lies in the hold's scope and in no part that was lifted. */
export const isHeldBy = ({ scope, except }: Pick<Hold, 'scope' | 'except'>, record: ScopeRecord): boolean =>
  covers(scope, record) && !except.some((part) => covers(part, record));

/**
 * One condition over the columns of the table; undefined if the table has no such column. `is` is undefined if the scope does not narrow.
 */
interface Narrowing {
  readonly columns: readonly (string | undefined)[];
  readonly is: ((...columns: readonly Sql[]) => Sql) | undefined;
}

// Lists are passed as JSON text, so that every driver sends them alike and the planner still sees an array.
const listSql = (list: readonly string[]): Sql => sql`ARRAY(SELECT jsonb_array_elements_text(${JSON.stringify(list)}::jsonb))`;

const inList = (list: readonly string[]): Narrowing['is'] =>
  list.length === 0 ? undefined : (column) => sql`${column} = ANY(${listSql(list)})`;

const levelsOf = ({ occupationLevels }: Scope): string[] => occupationLevels.map(({ occupation, level }) => `${occupation}/${level}`);

const narrowings = (scope: Scope, c: ScopeColumns): readonly Narrowing[] => [
  { columns: [c.institution], is: (column) => sql`${column} = ${scope.institution}` },
  { columns: [c.plan], is: inList(scope.plans) },
  { columns: [c.session], is: inList(scope.sessions) },
  {
    columns: [c.occupation, c.level],
    is:
      scope.occupationLevels.length === 0
        ? undefined
        : (occupation, level) => sql`(${occupation} || '/' || ${level}) = ANY(${listSql(levelsOf(scope))})`,
  },
  { columns: [c.person], is: inList(scope.persons) },
  { columns: [c.certificate], is: inList(scope.certificates) },
  { columns: [c.examDate], is: scope.from === '' ? undefined : (column) => sql`${column}::text >= ${scope.from}` },
  { columns: [c.examDate], is: scope.until === '' ? undefined : (column) => sql`${column}::text <= ${scope.until}` },
];

/**
 * The scope as one SQL condition over `alias`. If the scope narrows by a column that the table lacks, the condition is false;
 * `NOT_NARROWED` leaves that narrowing out.
 */
export const scopeSql = (scope: Scope, columns: ScopeColumns, alias = 't'): Sql => {
  const conditions = narrowings(scope, columns).flatMap(({ columns: names, is }) => {
    if (is === undefined || names.includes(NOT_NARROWED)) return [];
    const known = names.filter((name) => name !== undefined);
    return [known.length < names.length ? sql`false` : is(...known.map((name) => columnSql(alias, name)))];
  });
  return join(conditions, ' AND ');
};

/**
 * Conditions that are true for the records outside each of the scopes; a record that lacks an attribute that a scope narrows is outside.
 */
export const outsideSql = (scopes: readonly Scope[], columns: ScopeColumns, alias = 't'): Sql[] =>
  scopes.map((scope) => sql`(${scopeSql(scope, columns, alias)}) IS NOT TRUE`);

const refuse = (field: string, message: string): never => {
  throw new Refusal('invalid', 'order.scope_invalid', message, { field, rule: 'enforcement.v1.Scope' });
};

const checkEntries = (field: string, list: readonly string[], valid: (entry: string) => boolean, message: string): void => {
  list.forEach((entry, i) => {
    if (!valid(entry)) refuse(`${field}[${i}]`, message);
  });
};

/** The scope, if it is well formed; refuses `order.scope_invalid` and names the first invalid field. */
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
