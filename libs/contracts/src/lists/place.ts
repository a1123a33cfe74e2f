// The fields that every list about institutions has: whom a row is about, and whose territory it is in.
import type { ListField } from './spec';
import { AUTHORITY_WORDS } from './words';

export const INSTITUTION = { title: '机构代码', kind: 'code', filter: true } as const satisfies ListField;
/** Comes with the page, from what approval has told. */
export const INSTITUTION_NAME = { title: '机构名称', kind: 'text' } as const satisfies ListField;
export const AUTHORITY_SHOWN = { title: '主管部门', kind: 'words', words: AUTHORITY_WORDS, filter: true } as const satisfies ListField;
/** Where the institution says it already. */
export const AUTHORITY = { ...AUTHORITY_SHOWN, column: false } as const satisfies ListField;
/** GB/T 2260, 6 digits. */
export const AREA = { title: '所在地区', kind: 'code', filter: true, column: false } as const satisfies ListField;

export const SEARCHES_INSTITUTIONS = '机构名称（或拼音、首字母）';
