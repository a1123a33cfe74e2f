// What a list's query refuses, with the field, and which inputs count as equal.
import { LISTS } from '@hengji/contracts/lists';
import { ListQuery } from '@hengji/contracts/meta/v1/list';
import { checkedQuery } from './query';
import { cursorOf } from './cursor';

const SPEC = LISTS.certificates;
const check = (query: Partial<ListQuery>) => checkedQuery(SPEC, ListQuery.fromPartial(query));
const filter = (field: string, op: 'IS' | 'FROM' | 'UNTIL' | 'HAS', ...values: string[]) => ({ filters: [{ field, op, values }] });
const refused = (query: Partial<ListQuery>, reason: string, field: string) => {
  const refusal: unknown = expect.objectContaining({ reason, detail: expect.objectContaining({ field }) as unknown });
  expect(() => check(query)).toThrow(refusal as Error);
};

it.each([
  ['a field that the list does not have', filter('password', 'IS', 'x'), 'list.field_unknown', 'password'],
  ['a field of every object', filter('constructor', 'IS', 'x'), 'list.field_unknown', 'constructor'],
  ['a field that does not narrow', filter('maskedName', 'IS', '张*'), 'list.field_unknown', 'maskedName'],
  ['an operation of another kind', filter('state', 'FROM', 'ISSUED'), 'list.field_unknown', 'state'],
  ['a word of another list', filter('state', 'IS', 'DRAFT'), 'list.value_invalid', 'state'],
  ['a day that does not exist', filter('issuedOn', 'FROM', '2026-02-30'), 'list.value_invalid', 'issuedOn'],
  ['two ends of one range', filter('issuedOn', 'FROM', '2026-01-01', '2026-01-02'), 'list.value_invalid', 'issuedOn'],
  ['control characters', filter('institution', 'IS', 'S\u00000'), 'list.value_invalid', 'institution'],
  ['no value', filter('institution', 'IS', ' '), 'list.value_invalid', 'institution'],
  ['a field without an index', { sort: [{ field: 'state', descending: false }] }, 'list.sort_unknown', 'sort'],
  [
    'the same field twice',
    {
      sort: [
        { field: 'number', descending: false },
        { field: 'number', descending: true },
      ],
    },
    'list.sort_unknown',
    'sort',
  ],
  ['a long search', { search: '学'.repeat(101) }, 'list.search_invalid', 'search'],
  ['a sum of a field that is no money', { sum: 'issuedOn' }, 'list.field_unknown', 'sum'],
  ['a sum of a field of every object', { sum: 'constructor' }, 'list.field_unknown', 'sum'],
  ['too many rows', { limit: 1001 }, 'page.limit_invalid', 'page.limit'],
  ['a cursor of nobody', { cursor: 'S000021010001261000001' }, 'page.cursor_invalid', 'page.after'],
])('refuses %s', (_, query, reason, field) => refused(query, reason, field));

it('refuses a cursor that was returned under another sort, or whose values are invalid', () => {
  const byNumber = [{ field: 'number', descending: false }];
  const byDay = [
    { field: 'issuedOn', descending: true },
    { field: 'number', descending: true },
  ];
  expect(check({ cursor: cursorOf(SPEC, byNumber, ['S1']) }).after).toEqual(['S1']);
  refused({ cursor: cursorOf(SPEC, byDay, ['2026-01-01', 'S1']) }, 'page.cursor_invalid', 'page.after');
  refused({ cursor: cursorOf(SPEC, byNumber, ['S1', 'S2']) }, 'page.cursor_invalid', 'page.after');
  refused({ cursor: cursorOf(SPEC, byNumber, ['S\0']) }, 'page.cursor_invalid', 'page.after');
});

it('reads full-width letters and blanks as plain text, and breaks ties by the key in the direction of the sort', () => {
  expect(check({ ...filter('issuedOn', 'FROM', ' ２０２６-01-01 '), search: ' Ｓ00\u200B00  甲 ' })).toEqual({
    filters: [{ field: 'issuedOn', op: 'FROM', values: ['2026-01-01'] }],
    sort: [{ field: 'number', descending: false }],
    search: 'S0000 甲',
    limit: 50,
  });
  expect(check({ sort: [{ field: 'issuedOn', descending: true }] }).sort).toEqual([
    { field: 'issuedOn', descending: true },
    { field: 'number', descending: true },
  ]);
});
