// The list query that the parameters of an address make.
import { LISTS } from '@hengji/contracts/lists';
import { z } from 'zod';
// Gives schemas their `openapi` method.
import '../answers';
import { queryOf, queryShape } from './list-query';

it('restricts a list of one institution to that institution, whatever the address contains', () => {
  const { filters } = queryOf(LISTS.plans, { institution: 'S000021020001', state: 'DRAFT', limit: 5 }, 'S000021010001');
  expect(filters).toEqual([
    { field: 'state', op: 'IS', values: ['DRAFT'] },
    { field: 'institution', op: 'IS', values: ['S000021010001'] },
  ]);
});

it('sums the money of a list, and no other field', () => {
  const recoveries = z.object(queryShape(LISTS.recoveries));
  expect(queryOf(LISTS.recoveries, recoveries.parse({ sum: 'fen', state: 'DRAFT' }))).toMatchObject({
    sum: 'fen',
    filters: [{ field: 'state' }],
  });
  expect(recoveries.safeParse({ sum: 'orderId' }).success).toBe(false);
  expect(Object.keys(queryShape(LISTS.certificates))).not.toContain('sum');
});
