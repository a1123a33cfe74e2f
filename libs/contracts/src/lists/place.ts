// The fields that every list about institutions has: the institution of a row, and the territory of the row.
import type { ListField } from './spec';
import { AUTHORITY_WORDS } from './words';

export const INSTITUTION = { title: '机构代码', kind: 'code', filter: true } as const satisfies ListField;
/** Read together with the page, from the data that approval published. */
export const INSTITUTION_NAME = { title: '机构名称', kind: 'text' } as const satisfies ListField;
export const AUTHORITY_SHOWN = { title: '主管部门', kind: 'words', words: AUTHORITY_WORDS, filter: true } as const satisfies ListField;
/** For lists where the institution already implies the authority. */
export const AUTHORITY = { ...AUTHORITY_SHOWN, column: false } as const satisfies ListField;
/** GB/T 2260, 6 digits. */
export const AREA = { title: '所在地区', kind: 'code', filter: true, column: false } as const satisfies ListField;

export const SEARCHES_INSTITUTIONS = '机构名称（或拼音、首字母）';
