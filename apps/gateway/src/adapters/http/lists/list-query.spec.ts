// The query of an address.
import { LISTS } from '@hengji/contracts/lists';
import { queryOf } from './list-query';

it('holds a list of one institution to that institution, whatever the address says', () => {
  const { filters } = queryOf(LISTS.plans, { institution: 'S000021020001', state: 'DRAFT', limit: 5 }, 'S000021010001');
  expect(filters).toEqual([
    { field: 'state', op: 'IS', values: ['DRAFT'] },
    { field: 'institution', op: 'IS', values: ['S000021010001'] },
  ]);
});
