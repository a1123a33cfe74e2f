// Where institutions are and who is competent for them. The two are different things: 沈抚示范区 is an authority without a
// code in GB/T 2260, its places carry Shenyang's or Fushun's (rules §3.3). So competence is read from the filing, and the
// area is only checked to exist.

/** Districts and counties (last two digits) of each city of Liaoning, GB/T 2260. */
const COUNTIES = {
  '2101': '02 03 04 05 06 11 12 13 14 15 23 24 81',
  '2102': '02 03 04 11 12 13 14 24 81 83',
  '2103': '02 03 04 11 21 23 81',
  '2104': '02 03 04 11 21 22 23',
  '2105': '02 03 04 05 21 22',
  '2106': '02 03 04 24 81 82',
  '2107': '02 03 11 26 27 81 82',
  '2108': '02 03 04 11 81 82',
  '2109': '02 03 04 05 11 21 22',
  '2110': '02 03 04 05 11 21 81',
  '2111': '02 03 04 22',
  '2112': '02 04 21 23 24 81 82',
  '2113': '02 03 21 22 24 81 82',
  '2114': '02 03 04 21 22 81',
} as const;

const PROVINCE_AREA = '210000';

const AREAS: ReadonlySet<string> = new Set([
  PROVINCE_AREA,
  ...Object.entries(COUNTIES).flatMap(([city, counties]) => [`${city}00`, ...counties.split(' ').map((county) => city + county)]),
]);

/** True for the province, a city or a county of Liaoning; six digits of GB/T 2260. */
export const isArea = (text: string): boolean => AREAS.has(text);

/** The authority of the whole province. */
export const PROVINCE = 'LN';

/** Competent authorities: the province, its 14 cities, and 沈抚示范区. */
export const AUTHORITIES: readonly string[] = [PROVINCE, ...Object.keys(COUNTIES), 'LN-SF'];

export const isAuthority = (text: string): boolean => AUTHORITIES.includes(text);
