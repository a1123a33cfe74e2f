import { AUTHORITIES, isArea, isAuthority } from './areas';

const CITY_NUMBERS = Array.from({ length: 14 }, (_, i) => String(2101 + i));

describe('isArea', () => {
  it.each([...CITY_NUMBERS.map((city) => `${city}00`), '210000', '210102', '210283', '211481', '210112', '210404'])('knows %s', (area) => {
    expect(isArea(area)).toBe(true);
  });

  it.each([
    ['a city that is not there', '211500'],
    ['a county that is not there', '210101'],
    ['the internal display code of 沈抚', '219900'],
    ['another province', '110101'],
    ['five digits', '21010'],
    ['seven digits', '2101020'],
    ['nothing', ''],
  ])('does not know %s', (_what, area) => {
    expect(isArea(area)).toBe(false);
  });

  it('has the hundred counties of Liaoning', () => {
    const counties = CITY_NUMBERS.flatMap((city) => Array.from({ length: 99 }, (_, i) => city + String(i + 1).padStart(2, '0')));
    expect(counties.filter(isArea)).toHaveLength(100);
  });
});

describe('isAuthority', () => {
  it('knows the province, the 14 cities and 沈抚, and nobody else', () => {
    expect(AUTHORITIES).toEqual(['LN', ...CITY_NUMBERS, 'LN-SF']);
    expect(AUTHORITIES.every(isAuthority)).toBe(true);
    expect(['', 'ln', '2100', '2115', '210100', 'LN-SY'].some(isAuthority)).toBe(false);
  });
});
