// What a list (列表) can do, described once: the SQL, the request's schema and the console's table are all generated from it. This file
// contains only the description. libs/host/src/lists generates the SQL, and the service that owns the rows names their columns.
import type { ListOp } from '../generated/hengji/meta/v1/list';

/**
 * text: contains · code: equals · occupation: a code with a name · words: one value of a closed list · day: YYYY-MM-DD · instant: a time ·
 * fen: money · number · flag.
 */
export type FieldKind = 'text' | 'code' | 'occupation' | 'words' | 'day' | 'instant' | 'fen' | 'number' | 'flag';

export interface ListField {
  /** Chinese, as in the column's header. */
  readonly title: string;
  readonly kind: FieldKind;
  /** For kind `words`: the contract's value and its Chinese name. */
  readonly words?: Readonly<Record<string, string>>;
  readonly filter?: true;
  readonly sort?: true;
  /** For kind `number`: the shown value is divided by this, e.g. tenths of a point by 10. */
  readonly per?: 10;
  /** False: the field narrows or sorts the list and is not shown. */
  readonly column?: false;
}

export interface ListSort {
  readonly field: string;
  readonly descending: boolean;
}

export interface ListSpec {
  /** Also its path: /api/<name>. */
  readonly name: string;
  readonly title: string;
  readonly fields: Readonly<Record<string, ListField>>;
  /** The field that identifies a row; it decides between rows with equal sort values. */
  readonly key: string;
  /** The default sort, for a query without one. */
  readonly sort: readonly ListSort[];
  /** The fields that a search covers, in Chinese; absent: no search. */
  readonly search?: string;
}

/** The fields that need a column in SQL: the fields that narrow or sort, and the key. */
export type QueriedField<S extends ListSpec> = {
  [F in keyof S['fields']]: S['fields'][F] extends { filter: true } | { sort: true } ? F : never;
}[keyof S['fields']] &
  string;

type FilterOp = Exclude<ListOp, 'UNSPECIFIED'>;

const RANGE = ['FROM', 'UNTIL'] as const;

/** The operators by which a field of the kind can be narrowed. */
export const OPS_OF = {
  text: ['HAS'],
  code: ['IS'],
  occupation: ['IS'],
  words: ['IS'],
  day: RANGE,
  instant: RANGE,
  fen: RANGE,
  number: RANGE,
  flag: ['IS'],
} as const satisfies Record<FieldKind, readonly FilterOp[]>;

/** One URL parameter of a list. */
export interface ListParam {
  readonly name: string;
  readonly field: string;
  readonly op: FilterOp;
  readonly spec: ListField;
}

const SUFFIX = { IS: '', HAS: '', FROM: 'From', UNTIL: 'Until' } as const satisfies Record<FilterOp, string>;

/** Filters as URL parameters: `state`, `issuedOnFrom`, `issuedOnUntil`. */
export const listParams = ({ fields }: ListSpec): ListParam[] =>
  Object.entries(fields)
    .filter(([, spec]) => spec.filter)
    .flatMap(([field, spec]) => OPS_OF[spec.kind].map((op): ListParam => ({ name: `${field}${SUFFIX[op]}`, field, op, spec })));
