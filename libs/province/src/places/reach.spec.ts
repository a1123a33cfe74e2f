// The one table of territory, written a second time by hand; then both sides of each border.
import { AUTHORITIES } from './authorities';
import { isReached, reachOf, ROLES, type Reach, type Role } from './reach';

const OWN = 'S000021010003';
const looking = (role: string, authority: string, institution = '') => ({ role, authority, institution });

it.each<[Role, province: Reach | null, city: Reach | null, none: Reach | null]>([
  ['PROVINCE_OFFICER', {}, null, null],
  ['CITY_OFFICER', null, { authority: '2101' }, null],
  ['AUDITOR', {}, { authority: '2101' }, null],
  ['INSTITUTION', { institution: OWN }, { institution: OWN }, { institution: OWN }],
  ['OPERATOR', null, null, null],
])('%s of the province, of a city, of no authority', (role, province, city, none) => {
  const of = (authority: string): Reach | null => reachOf(looking(role, authority, role === 'INSTITUTION' ? OWN : ''));
  expect([of('LN'), of('2101'), of(''), of('2115')]).toEqual([province, city, none, none]);
});

it('knows 沈抚 as an authority of its own, and nobody of an unknown role or of no institution', () => {
  expect(reachOf(looking('CITY_OFFICER', 'LN-SF'))).toEqual({ authority: 'LN-SF' });
  expect(reachOf(looking('INSTITUTION', 'LN'))).toBeNull();
  for (const role of ['UNSPECIFIED', '', 'toString', 'ADMIN']) expect(reachOf(looking(role, 'LN', OWN))).toBeNull();
});

it('lets a city reach its own records alone, whatever the institution', () => {
  for (const authority of AUTHORITIES.filter((one) => one !== 'LN')) {
    const reached = AUTHORITIES.filter((of) => isReached(reachOf(looking('CITY_OFFICER', authority)), { authority: of, institution: OWN }));
    expect(reached).toEqual([authority]);
  }
});

it('reaches a place without authority from the province only, and nothing from nowhere', () => {
  const unknown = { authority: '', institution: OWN };
  const reaching = ROLES.filter((role) => isReached(reachOf(looking(role, 'LN', 'S000021010004')), unknown));
  expect(reaching).toEqual(['PROVINCE_OFFICER', 'AUDITOR']);
  expect(isReached(null, { authority: 'LN', institution: '' })).toBe(false);
  expect(isReached({ institution: OWN }, { authority: '2102', institution: OWN })).toBe(true);
  expect(isReached({ institution: OWN }, { authority: '2102', institution: 'S000021010004' })).toBe(false);
});
