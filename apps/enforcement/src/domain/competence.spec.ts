import { isReached, type Role } from '@hengji/province';
import { EVERY_PLACE, EVERYBODY, placesOf } from '@hengji/testing';
import { checkCompetence, checkMaySee, isCompetent, maySee, visibleTo, type Actor } from './competence';

const actor = (role: Role, authority: string, institution = ''): Actor => ({ officerId: 'a', role, authority, institution });
const OWN = 'S000021010003';

describe('competence (rules §7.9)', () => {
  it.each<[string, Actor, string, string | undefined]>([
    ['a city on its own', actor('CITY_OFFICER', '2101'), '2101', undefined],
    ['a city on another', actor('CITY_OFFICER', '2102'), '2101', 'order.out_of_territory'],
    ['a city on the province', actor('CITY_OFFICER', '2101'), 'LN', 'order.out_of_territory'],
    ['a city officer who claims the province', actor('CITY_OFFICER', 'LN'), 'LN', 'order.out_of_territory'],
    ['沈抚 on its own', actor('CITY_OFFICER', 'LN-SF'), 'LN-SF', undefined],
    ['沈阳 on 沈抚', actor('CITY_OFFICER', '2101'), 'LN-SF', 'order.out_of_territory'],
    ['辽阳 (2110) on 沈阳 (2101)', actor('CITY_OFFICER', '2110'), '2101', 'order.out_of_territory'],
    ['the province on its own', actor('PROVINCE_OFFICER', 'LN'), 'LN', undefined],
    ['the province on a city', actor('PROVINCE_OFFICER', 'LN'), '2101', 'order.out_of_territory'],
    ['the province on 沈抚', actor('PROVINCE_OFFICER', 'LN'), 'LN-SF', 'order.out_of_territory'],
    ['a province officer of a city', actor('PROVINCE_OFFICER', '2101'), '2101', 'order.out_of_territory'],
    ['an auditor', actor('AUDITOR', 'LN'), 'LN', 'order.role_forbidden'],
    ['an operator', actor('OPERATOR', 'LN'), 'LN', 'order.role_forbidden'],
    ['an institution', actor('INSTITUTION', '2101', OWN), '2101', 'order.role_forbidden'],
  ])('%s', (_, who, authority, reason) => {
    if (reason === undefined) expect(() => checkCompetence(who, authority)).not.toThrow();
    else expect(() => checkCompetence(who, authority)).toThrow(expect.objectContaining({ kind: 'forbidden', reason }));
  });

  const issued = { authority: '2101', institution: OWN, issued: true };
  it.each<[string, Actor, boolean, boolean]>([
    ['province', actor('PROVINCE_OFFICER', 'LN'), true, true],
    ['auditor of the province', actor('AUDITOR', 'LN'), true, true],
    ['auditor of the city', actor('AUDITOR', '2101'), true, true],
    ['auditor of another city', actor('AUDITOR', '2102'), false, false],
    ['auditor of no authority', actor('AUDITOR', ''), false, false],
    ['own city', actor('CITY_OFFICER', '2101'), true, true],
    ['another city', actor('CITY_OFFICER', '2102'), false, false],
    ['the institution', actor('INSTITUTION', '2101', OWN), true, false],
    ['another institution', actor('INSTITUTION', '2101', 'S000021010004'), false, false],
    ['a person of no institution', actor('INSTITUTION', '2101'), false, false],
    ['operator', actor('OPERATOR', 'LN'), false, false],
  ])('shows an issued order to %s: see %#', (_, who, seesIssued, seesDraft) => {
    expect(maySee(who, issued)).toBe(seesIssued);
    expect(maySee(who, { ...issued, issued: false })).toBe(seesDraft);
    if (!seesIssued) expect(() => checkMaySee(who, issued)).toThrow(expect.objectContaining({ reason: 'order.out_of_territory' }));
  });

  it.each<[Actor, ReturnType<typeof visibleTo>]>([
    [actor('PROVINCE_OFFICER', 'LN'), {}],
    [actor('AUDITOR', 'LN'), {}],
    [actor('AUDITOR', '2102'), { authority: '2102' }],
    [actor('AUDITOR', ''), null],
    [actor('CITY_OFFICER', '2101'), { authority: '2101' }],
    [actor('CITY_OFFICER', 'LN'), null],
    [actor('INSTITUTION', '', OWN), { institution: OWN, issuedOnly: true }],
    [actor('INSTITUTION', ''), null],
    [actor('OPERATOR', 'LN'), null],
  ])('filters lists the same way: %j', (who, filter) => {
    expect(visibleTo(who)).toEqual(filter);
  });

  it('equals the rule of libs/province for issued orders, one by one and in lists', () => {
    for (const who of EVERYBODY) {
      expect(EVERY_PLACE.filter((place) => maySee(who, { ...place, issued: true }))).toEqual(placesOf(who));
      expect(EVERY_PLACE.filter((place) => isReached(visibleTo(who), place))).toEqual(placesOf(who));
    }
  });

  it('allows acts to officers only, and only where they may read', () => {
    for (const who of EVERYBODY) {
      const isOfficer = who.role === 'PROVINCE_OFFICER' || who.role === 'CITY_OFFICER';
      const acting = EVERY_PLACE.filter(({ authority }) => isCompetent(who, authority));
      expect(acting).toEqual(isOfficer ? placesOf(who).filter(({ authority }) => authority === who.authority) : []);
    }
  });

  it("tells an officer of the province how to take a city's matter over, and nobody else", () => {
    expect(() => checkCompetence(actor('PROVINCE_OFFICER', 'LN'), '2102')).toThrow('提级办理');
    expect(() => checkCompetence(actor('CITY_OFFICER', '2101'), '2102')).not.toThrow('提级');
    expect(() => checkCompetence(actor('CITY_OFFICER', '2101'), '2102')).toThrow('由其他主管部门管辖');
  });

  it('shows a matter that was taken over to the authority of the filing too, and to no third one', () => {
    const taken = { ...issued, authority: 'LN', filedWith: '2101' };
    expect([maySee(actor('CITY_OFFICER', '2101'), taken), maySee(actor('CITY_OFFICER', '2102'), taken)]).toEqual([true, false]);
    expect(maySee(actor('INSTITUTION', '', OWN), { ...taken, issued: false })).toBe(false);
  });
});
