// How a table shows a field of a ListSpec, by its kind; a page may show some fields in its own way.
import type { ListField, ListSpec } from '@hengji/contracts/lists';
import { occupationLabel } from '@hengji/province';
import type { TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import { count, moment, yuan } from '../words/field-words';
import { Code } from './code';
import type { ListQuery } from './use-list-state';

/** The page's own renderings, by the name of the field. */
export type Shown<T> = Readonly<Record<string, (row: T) => ReactNode>>;

export const cellOf = ({ kind, words, per }: ListField, value: unknown): ReactNode => {
  if (value === undefined || value === null || value === '') return '—';
  switch (kind) {
    case 'words':
      return words?.[String(value)] ?? '—';
    case 'fen':
      return yuan(Number(value));
    case 'number':
      return per === undefined ? count(Number(value)) : (Number(value) / per).toFixed(1);
    case 'flag':
      return value === true ? '是' : '否';
    case 'instant':
      return moment(String(value));
    case 'occupation':
      return occupationLabel(String(value));
    case 'code':
      return <Code value={String(value)} />;
    case 'text':
    case 'day':
      return String(value);
  }
};

const isAtRight = ({ kind }: ListField): boolean => kind === 'fen' || kind === 'number';

const sortOrder = (query: ListQuery, field: string) => {
  const sort = query.sort.find((one) => one.field === field);
  if (sort === undefined) return null;
  return sort.descending ? ('descend' as const) : ('ascend' as const);
};

/** The columns of the spec, without those that are fixed on this page. */
export const columnsOf = <T extends object>(
  spec: ListSpec,
  query: ListQuery,
  { shown, without }: { readonly shown: Shown<T>; readonly without: readonly string[] },
): TableColumnsType<T> =>
  Object.entries(spec.fields)
    .filter(([name, { column }]) => column !== false && !without.includes(name))
    .map(([name, field]) => ({
      key: name,
      title: field.title,
      ...(isAtRight(field) ? { align: 'right' as const } : {}),
      ...(field.sort === true ? { sorter: true, sortOrder: sortOrder(query, name) } : {}),
      render: (_: unknown, row: T) => shown[name]?.(row) ?? cellOf(field, (row as Readonly<Record<string, unknown>>)[name]),
    }));
