import { decidedByOther } from './deciding';

const proposed = { officerId: 'a', name: '吴某', at: '2026-03-02T02:00:00.000Z' };
const check = { state: 'PROPOSED', authority: '2101', proposed } as const;

it('offers the decision to another officer of the same authority only', () => {
  expect(decidedByOther(check, { officerId: 'b', authority: '2101' })).toBeUndefined();
  expect(decidedByOther(check, { officerId: 'a', authority: '2101' })).toBe('待另一人确认');
  expect(decidedByOther(check, { officerId: 'b', authority: '2102' })).toBe('由备案地主管部门确认');
  expect(decidedByOther({ ...check, authority: 'LN' }, { officerId: 'b', authority: '2101' })).toBe('由省主管部门确认');
});

it.each(['CONFIRMED', 'REFUSED', 'REPLACED'] as const)('offers no decision of a check that is %s', (state) =>
  expect(decidedByOther({ ...check, state }, { officerId: 'b', authority: '2101' })).toBe(''),
);
