// A list's query from the request, checked against its ListSpec: an unknown field or an invalid value is refused with its field.
import { OPS_OF, type FieldKind, type ListField, type ListSpec } from '@hengji/contracts/lists';
import type { ListFilter, ListOp, ListQuery, ListSort } from '@hengji/contracts/meta/v1/list';
import { isDay, Refusal, typedText } from '@hengji/domain-kit';
import { pageOf } from '../page';
import { placeOf } from './cursor';

export type FilterOp = Exclude<ListOp, 'UNSPECIFIED'>;

export interface CheckedFilter {
  readonly field: string;
  readonly op: FilterOp;
  /** At least one; normalized and of the field's kind. */
  readonly values: readonly string[];
}

export interface CheckedQuery {
  readonly filters: readonly CheckedFilter[];
  /** Ends with the key: no two rows have the same place. */
  readonly sort: readonly ListSort[];
  readonly search: string;
  /** The values of the previous page's last row in the sorted fields; absent on the first page. */
  readonly after?: readonly (string | null)[];
  readonly limit: number;
  /** The field whose sum is asked for. */
  readonly sum?: string;
}

const MOST = { filters: 20, values: 100, sort: 3, characters: 100 } as const;

const invalid = (reason: string, message: string, field: string, rule?: string): Refusal =>
  new Refusal('invalid', reason, message, { field, ...(rule === undefined ? {} : { rule }) });

interface Form {
  readonly is: (text: string, field: ListField) => boolean;
  readonly told: string;
}
const isText = (text: string): boolean => [...text].length <= MOST.characters && !/[\p{Cc}\p{Cs}]/u.test(text);
const isInteger = (text: string): boolean => /^-?\d{1,15}$/.test(text);
const TEXT: Form = { is: isText, told: `应为不超过${MOST.characters}字的文字，不能有控制字符` };
const DAY: Form = { is: isDay, told: '应为存在的日期，如2026-01-31' };

const FORMS = {
  text: TEXT,
  code: TEXT,
  occupation: TEXT,
  words: { is: (text, { words = {} }) => Object.hasOwn(words, text), told: '不是可用的取值' },
  day: DAY,
  instant: DAY,
  fen: { is: isInteger, told: '应为整数，单位为分' },
  number: { is: isInteger, told: '应为整数' },
  flag: { is: (text) => text === 'true' || text === 'false', told: '应为true或false' },
} as const satisfies Record<FieldKind, Form>;

const ruleOf = ({ kind, words }: ListField): string => (kind === 'words' ? Object.keys(words ?? {}).join(' | ') : kind);

const checkedFilter = (spec: ListSpec, { field, op, values }: ListFilter): CheckedFilter => {
  const known = spec.fields[field];
  const isOp = (one: string): one is FilterOp => known?.filter === true && (OPS_OF[known.kind] as readonly string[]).includes(one);
  if (known === undefined || !isOp(op)) throw invalid('list.field_unknown', `${spec.title}不能按“${field}”这样筛选`, field, op);
  const given = values.map(typedText).filter((value) => value !== '');
  if (given.length === 0 || given.length > (op === 'IS' ? MOST.values : 1)) {
    throw invalid('list.value_invalid', `“${known.title}”应有1个取值，等于时至多${MOST.values}个`, field);
  }
  const form: Form = FORMS[known.kind];
  const wrong = given.find((value) => !form.is(value, known));
  if (wrong !== undefined) throw invalid('list.value_invalid', `“${known.title}”${form.told}`, field, ruleOf(known));
  return { field, op, values: given };
};

const checkedSort = (spec: ListSpec, asked: readonly ListSort[]): readonly ListSort[] => {
  const fields = new Set(asked.map(({ field }) => field));
  const unknown = asked.find(({ field }) => spec.fields[field]?.sort !== true);
  if (unknown !== undefined || fields.size !== asked.length || fields.size > MOST.sort) {
    throw invalid('list.sort_unknown', `${spec.title}不能这样排序`, 'sort', `至多${MOST.sort}项：${sortable(spec).join('、')}`);
  }
  const sort = asked.length > 0 ? asked : spec.sort;
  const descending = sort.at(-1)?.descending ?? false;
  return sort.some(({ field }) => field === spec.key) ? sort : [...sort, { field: spec.key, descending }];
};

const sortable = ({ fields }: ListSpec): string[] => Object.entries(fields).flatMap(([name, { sort }]) => (sort === true ? [name] : []));

const checkedSum = (spec: ListSpec, field: string): string | undefined => {
  if (field === '' || spec.fields[field]?.kind === 'fen') return field || undefined;
  throw invalid('list.field_unknown', `${spec.title}不能按“${field}”合计`, 'sum', 'fen');
};

const checkedSearch = (spec: ListSpec, text: string): string => {
  const search = typedText(text);
  if (isText(search) && (search === '' || spec.search !== undefined)) return search;
  throw invalid('list.search_invalid', `查询内容不超过${MOST.characters}个字，不能有控制字符`, 'search');
};

/**
 * The checked query. Refuses `list.field_unknown`, `list.value_invalid`, `list.sort_unknown`, `list.search_invalid`,
 * `page.cursor_invalid`, `page.limit_invalid`.
 */
export const checkedQuery = (spec: ListSpec, query: ListQuery): CheckedQuery => {
  if (query.filters.length > MOST.filters) throw invalid('list.value_invalid', `筛选条件至多${MOST.filters}项`, 'filters');
  const sort = checkedSort(spec, query.sort);
  const { limit } = pageOf({ after: '', limit: query.limit });
  const sum = checkedSum(spec, query.sum);
  const after = query.cursor === '' ? undefined : placeOf(spec, sort, query.cursor);
  return {
    filters: query.filters.map((filter) => checkedFilter(spec, filter)),
    sort,
    search: checkedSearch(spec, query.search),
    limit,
    ...(after && { after }),
    ...(sum !== undefined && { sum }),
  };
};
