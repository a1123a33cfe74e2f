// Every list's description is consistent, and the URL parameters of a view give the same view again.
import type { ListQuery } from '../generated/hengji/meta/v1/list';
import { listAddressOf, listQueryOf } from './address';
import { LISTS } from './every-list';
import { listParams, type ListSpec } from './spec';

const OWN = ['search', 'sort', 'after', 'limit', 'sum'];

describe.each(Object.entries<ListSpec>(LISTS))('%s', (name, spec) => {
  it('has a key, a default sort on sortable fields, and words for each field whose kind needs them', () => {
    expect(spec.name).toBe(name);
    expect([spec.key, ...spec.sort.map(({ field }) => field)].filter((field) => spec.fields[field] === undefined)).toEqual([]);
    expect(spec.sort.filter(({ field }) => spec.fields[field]?.sort !== true)).toEqual([]);
    const wordless = Object.entries(spec.fields).filter(([, { kind, words }]) => (kind === 'words') !== (words !== undefined));
    expect(wordless).toEqual([]);
  });

  it('has parameters with distinct names', () => {
    const names = [...listParams(spec).map((param) => param.name), ...OWN];
    expect(new Set(names).size).toBe(names.length);
  });
});

it('writes a query as URL parameters and reads it back', () => {
  const query: ListQuery = {
    filters: [
      { field: 'institution', op: 'IS', values: ['S000021010001', 'S000021010002'] },
      { field: 'issuedOn', op: 'FROM', values: ['2026-01-01'] },
      { field: 'issuedOn', op: 'UNTIL', values: ['2026-06-30'] },
      { field: 'state', op: 'IS', values: ['VOIDED'] },
    ],
    sort: [
      { field: 'issuedOn', descending: true },
      { field: 'number', descending: false },
    ],
    search: '沈阳',
    cursor: 'abc',
    limit: 100,
    sum: '',
  };
  const address = listAddressOf(LISTS.certificates, query);
  expect(address).toEqual({
    institution: 'S000021010001,S000021010002',
    issuedOnFrom: '2026-01-01',
    issuedOnUntil: '2026-06-30',
    state: 'VOIDED',
    search: '沈阳',
    sort: '-issuedOn,number',
    after: 'abc',
    limit: '100',
  });
  expect(listQueryOf(LISTS.certificates, address)).toEqual(query);
  expect(listAddressOf(LISTS.certificates, listQueryOf(LISTS.certificates, { unknown: 'x', state: ' ' }))).toEqual({});
});
