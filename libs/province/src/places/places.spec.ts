import { areaName, isArea } from './areas';
import { AUTHORITIES, authorityShortName, findAuthority, isAuthority, isInTerritory } from './authorities';

const CITY_NUMBERS = Array.from({ length: 14 }, (_, i) => String(2101 + i));

describe('isArea', () => {
  it.each([...CITY_NUMBERS.map((city) => `${city}00`), '210000', '210102', '210283', '211481', '210112', '210404'])(
    'accepts %s',
    (area) => {
      expect(isArea(area)).toBe(true);
    },
  );

  it.each([
    ['a city that is not there', '211500'],
    ['a county that is not there', '210101'],
    ['the internal display code of 沈抚', '219900'],
    ['another province', '110101'],
    ['five digits', '21010'],
    ['seven digits', '2101020'],
    ['nothing', ''],
  ])('rejects %s', (_what, area) => {
    expect(isArea(area)).toBe(false);
  });

  it('has the hundred counties of Liaoning', () => {
    const counties = CITY_NUMBERS.flatMap((city) => Array.from({ length: 99 }, (_, i) => city + String(i + 1).padStart(2, '0')));
    expect(counties.filter(isArea)).toHaveLength(100);
  });
});

describe('isAuthority', () => {
  it('accepts the province, the 14 cities and 沈抚, and no other code', () => {
    expect(AUTHORITIES).toEqual(['LN', ...CITY_NUMBERS, 'LN-SF']);
    expect(AUTHORITIES.every(isAuthority)).toBe(true);
    expect(['', 'ln', '2100', '2115', '210100', 'LN-SY'].some(isAuthority)).toBe(false);
  });
});

describe('isInTerritory', () => {
  it.each([
    ['210102', '2101', true],
    ['210100', '2101', true],
    ['210202', '2101', false],
    ['210202', 'LN', true],
    ['110101', 'LN', false],
    ['210112', 'LN-SF', true],
    ['210404', 'LN-SF', true],
    ['210202', 'LN-SF', false],
    ['219900', '2199', false],
    ['', '', false],
  ])('%s in the territory of “%s”: %s', (area, authority, expected) => {
    expect(isInTerritory(area, authority)).toBe(expected);
  });
});

describe('names', () => {
  it.each([
    ['210000', '辽宁省'],
    ['210102', '沈阳市和平区'],
    ['210123', '沈阳市康平县'],
    ['210113', '沈阳市沈北新区'],
    ['210803', '营口市西市区'],
    ['211281', '铁岭市调兵山市'],
    ['211324', '朝阳市喀喇沁左翼蒙古族自治县'],
    ['110101', '110101'],
  ])('%s is %s', (code, name) => expect(areaName(code)).toBe(name));

  it('an authority has a name for signatures, a short name, and a mark for its documents', () => {
    expect(findAuthority('2102')).toEqual({
      name: '大连市人力资源和社会保障局',
      shortName: '大连市',
      territory: '大连市',
      mark: '大',
    });
    expect(AUTHORITIES.map((code) => findAuthority(code)?.mark).join(' ')).toBe('辽 沈 大 鞍 抚 本 丹 锦 营 阜 辽阳 盘 铁 朝 葫 沈抚');
    expect(['LN', 'LN-SF', '9999'].map(authorityShortName)).toEqual(['省本级', '沈抚示范区', '9999']);
  });
});
