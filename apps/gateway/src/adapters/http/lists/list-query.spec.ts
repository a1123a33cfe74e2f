// The list query that the parameters of an address make.
import { LISTS } from '@hengji/contracts/lists';
import { queryOf } from './list-query';

it('restricts a list of one institution to that institution, whatever the address contains', () => {
  const { filters } = queryOf(LISTS.plans, { institution: 'S000021020001', state: 'DRAFT', limit: 5 }, 'S000021010001');
  expect(filters).toEqual([
    { field: 'state', op: 'IS', values: ['DRAFT'] },
    { field: 'institution', op: 'IS', values: ['S000021010001'] },
  ]);
});
