// What a list (列表) can do, described once: the SQL, the request's schema and the console's table are all made from it. Here are
// only words; libs/host/src/lists makes the SQL, and the service that owns the rows names their columns.
import type { ListOp } from '../generated/hengji/meta/v1/list';

/** text: contains · code: equals · occupation: a code with a name · words: one of a closed list · day: YYYY-MM-DD · instant: a time · fen: money · number · flag. */
export type FieldKind = 'text' | 'code' | 'occupation' | 'words' | 'day' | 'instant' | 'fen' | 'number' | 'flag';

export interface ListField {
  /** Chinese, as in the head of the column. */
  readonly title: string;
  readonly kind: FieldKind;
  /** Of kind `words`: the word of the contract and its Chinese name. */
  readonly words?: Readonly<Record<string, string>>;
  readonly filter?: true;
  readonly sort?: true;
  /** Of kind `number`: shown divided by this, e.g. tenths of a point by 10. */
  readonly per?: 10;
  /** False: narrows or sorts the list and is not shown. */
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
  /** The field that names a row; it breaks the ties of every sort. */
  readonly key: string;
  /** The order without one in the query. */
  readonly sort: readonly ListSort[];
  /** What a search looks in, in Chinese; absent: no search. */
  readonly search?: string;
}

/** The fields that need a column in SQL: those that narrow or sort, and the key. */
export type QueriedField<S extends ListSpec> = {
  [F in keyof S['fields']]: S['fields'][F] extends { filter: true } | { sort: true } ? F : never;
}[keyof S['fields']] &
  string;

type FilterOp = Exclude<ListOp, 'UNSPECIFIED'>;

const RANGE = ['FROM', 'UNTIL'] as const;

/** How a field of the kind can be narrowed. */
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

/** One parameter of a list's address. */
export interface ListParam {
  readonly name: string;
  readonly field: string;
  readonly op: FilterOp;
  readonly spec: ListField;
}

const SUFFIX = { IS: '', HAS: '', FROM: 'From', UNTIL: 'Until' } as const satisfies Record<FilterOp, string>;

/** Filters as parameters of an address: `state`, `issuedOnFrom`, `issuedOnUntil`. */
export const listParams = ({ fields }: ListSpec): ListParam[] =>
  Object.entries(fields)
    .filter(([, spec]) => spec.filter)
    .flatMap(([field, spec]) => OPS_OF[spec.kind].map((op): ListParam => ({ name: `${field}${SUFFIX[op]}`, field, op, spec })));
