// Both sides of each border.
import type { Role } from '@hengji/province';
import { EVERY_PLACE, EVERYBODY, placesOf } from '@hengji/testing';
import { levelOfPost, maySeeOrder, personOf, reaches, type Person } from './access';

const person = (role: Role, authority: string, institution = ''): Person => ({ officerId: 'x', name: 'x', role, authority, institution });
const OWN = 'S000021010001';

describe('reach', () => {
  it.each<[Person, string, boolean]>([
    [person('PROVINCE_OFFICER', 'LN'), '2101', true],
    [person('PROVINCE_OFFICER', 'LN'), 'LN-SF', true],
    [person('CITY_OFFICER', '2101'), '2101', true],
    [person('CITY_OFFICER', '2101'), '2102', false],
    [person('CITY_OFFICER', '2101'), 'LN', false],
    // Liaoyang is 2110: without its last zero the code would also match Panjin, Tieling, Chaoyang and Huludao.
    [person('CITY_OFFICER', '2110'), '2111', false],
    [person('CITY_OFFICER', '2110'), '2110', true],
    [person('CITY_OFFICER', 'LN-SF'), 'LN-SF', true],
    [person('CITY_OFFICER', 'LN-SF'), 'LN', false],
    [person('AUDITOR', 'LN'), '2114', true],
    [person('AUDITOR', '2101'), '2102', false],
    [person('INSTITUTION', '2101', OWN), '2101', true],
    [person('OPERATOR', 'LN'), '2101', false],
  ])('%j to an institution of %s: %s', (who, authority, expected) => {
    expect(reaches(who, { institution: OWN, authority })).toBe(expected);
  });

  it('of an institution covers only its own code, whatever the authority', () => {
    expect(reaches(person('INSTITUTION', 'LN', OWN), { institution: 'S000021010002', authority: '2101' })).toBe(false);
    expect(reaches(person('INSTITUTION', 'LN', ''), { institution: OWN, authority: 'LN' })).toBe(false);
  });

  it('equals the rule of libs/province, for everybody and every place', () => {
    for (const who of EVERYBODY) expect(EVERY_PLACE.filter((place) => reaches(who, place))).toEqual(placesOf(who));
  });
});

describe('the level of a post', () => {
  const posts = { heads: ['局长', '分管负责人'], departmentHeads: ['处长'] };
  it.each([
    ['局长', 'HEAD'],
    ['分管负责人', 'HEAD'],
    ['处长', 'DEPARTMENT_HEAD'],
    ['经办人', undefined],
    ['局长助理', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%s: %s', (post, level) => expect(levelOfPost(posts, post)).toBe(level));
});

describe('claims', () => {
  const claims = { sub: 'u1', name: '某', role: 'CITY_OFFICER', authority: '2101', institution: '' };
  it('make a person', () => {
    expect(personOf(claims)).toEqual({ officerId: 'u1', name: '某', role: 'CITY_OFFICER', authority: '2101', institution: '' });
    expect(personOf({ ...claims, account: 'wang', post: '经办' })).toMatchObject({ officerId: 'u1', account: 'wang', post: '经办' });
    expect(personOf({ ...claims, institution: OWN }).institution).toBe('');
    expect(personOf({ ...claims, role: 'INSTITUTION', institution: OWN }).institution).toBe(OWN);
  });
  it.each([
    { role: '' },
    { role: 'UNSPECIFIED' },
    { role: 'ADMIN' },
    { authority: '' },
    { authority: '2100' },
    { authority: '2115' },
    { authority: '210' },
    { authority: 'LN' },
    { role: 'PROVINCE_OFFICER' },
    { role: 'INSTITUTION', institution: 'S1' },
  ])('are refused with %j', (wrong) => {
    expect(() => personOf({ ...claims, ...wrong })).toThrow(expect.objectContaining({ kind: 'forbidden', reason: 'sign_in.no_role' }));
  });
});

it.each<[Role, string, boolean]>([
  ['INSTITUTION', 'DRAFT', false],
  ['INSTITUTION', 'PREVIEWED', false],
  ['INSTITUTION', 'SIGNED', true],
  ['AUDITOR', 'DRAFT', true],
])('%s sees an order in %s: %s', (role, state, expected) => {
  expect(maySeeOrder(person(role, '2101'), state)).toBe(expected);
});
