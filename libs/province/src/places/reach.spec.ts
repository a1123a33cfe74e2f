// The table of territories, written a second time by hand; then both sides of each limit.
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
])('%s of the province, of a city, of no authority: the expected jurisdiction', (role, province, city, none) => {
  const of = (authority: string): Reach | null => reachOf(looking(role, authority, role === 'INSTITUTION' ? OWN : ''));
  expect([of('LN'), of('2101'), of(''), of('2115')]).toEqual([province, city, none, none]);
});

it('treats 沈抚 as an authority of its own, and gives nothing to an unknown role or an institution account without a code', () => {
  expect(reachOf(looking('CITY_OFFICER', 'LN-SF'))).toEqual({ authority: 'LN-SF' });
  expect(reachOf(looking('INSTITUTION', 'LN'))).toBeNull();
  for (const role of ['UNSPECIFIED', '', 'toString', 'ADMIN']) expect(reachOf(looking(role, 'LN', OWN))).toBeNull();
});

it('gives a city its own records only, whatever the institution', () => {
  for (const authority of AUTHORITIES.filter((one) => one !== 'LN')) {
    const reached = AUTHORITIES.filter((of) => isReached(reachOf(looking('CITY_OFFICER', authority)), { authority: of, institution: OWN }));
    expect(reached).toEqual([authority]);
  }
});

it('gives a place without an authority only to the province, and nothing to an empty jurisdiction', () => {
  const unknown = { authority: '', institution: OWN };
  const reaching = ROLES.filter((role) => isReached(reachOf(looking(role, 'LN', 'S000021010004')), unknown));
  expect(reaching).toEqual(['PROVINCE_OFFICER', 'AUDITOR']);
  expect(isReached(null, { authority: 'LN', institution: '' })).toBe(false);
  expect(isReached({ institution: OWN }, { authority: '2102', institution: OWN })).toBe(true);
  expect(isReached({ institution: OWN }, { authority: '2102', institution: 'S000021010004' })).toBe(false);
});
