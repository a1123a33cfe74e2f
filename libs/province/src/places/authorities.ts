// Competent authorities (主管部门, rules §0.3 and §3.3): the province, its 14 cities, and 沈抚示范区, an authority without an area code of its own.
// The filing determines the competent authority (谁备案谁监管, N3.4), never an address.
import { CITY_CODES, cityName, isArea } from './areas';

export interface Authority {
  /** The name in signatures: 沈阳市人力资源和社会保障局. */
  readonly name: string;
  /** The name in lists and on screens: 沈阳市. */
  readonly shortName: string;
  /** The name that its government and its police use. */
  readonly territory: string;
  /** The mark before its document numbers: 沈. */
  readonly mark: string;
}

/** The authority of the whole province. */
export const PROVINCE = 'LN';
export const SHENFU = 'LN-SF';

/** 2110 uses 辽阳, because 辽 is the province's mark. */
const MARKS: Readonly<Record<string, string>> = { '2110': '辽阳' };

const ofCity = (name: string, mark: string): Authority => ({
  name: `${name}人力资源和社会保障局`,
  shortName: name,
  territory: name,
  mark,
});

const BY_CODE: ReadonlyMap<string, Authority> = new Map([
  [PROVINCE, { name: '辽宁省人力资源和社会保障厅', shortName: '省本级', territory: '辽宁省', mark: '辽' }],
  ...CITY_CODES.map((city): [string, Authority] => [city, ofCity(cityName(city), MARKS[city] ?? cityName(city).charAt(0))]),
  [SHENFU, { name: '辽宁省沈抚改革创新示范区党建工作部', shortName: '沈抚示范区', territory: '沈抚改革创新示范区', mark: '沈抚' }],
]);

/** The 16 codes: LN, 2101 to 2114, LN-SF. */
export const AUTHORITIES: readonly string[] = [...BY_CODE.keys()];

export const isAuthority = (text: string): boolean => BY_CODE.has(text);

export const findAuthority = (code: string): Authority | undefined => BY_CODE.get(code);

/** 沈抚示范区 has no area code of its own: its locations have the codes of the two cities that contain it. */
const CITIES_OF_SHENFU: readonly string[] = ['2101', '2104'];

/** True if the area (GB/T 2260, 6 digits) lies in the territory of the authority (属地); the province's territory is all of Liaoning. */
export const isInTerritory = (area: string, authority: string): boolean => {
  if (authority === PROVINCE) return isArea(area);
  const city = area.slice(0, 4);
  return authority === SHENFU ? CITIES_OF_SHENFU.includes(city) : isAuthority(authority) && city === authority;
};

/** The short name; a code that is not an authority's is returned unchanged. */
export const authorityShortName = (code: string): string => BY_CODE.get(code)?.shortName ?? code;

/** The authority with its name for signatures. An unknown code is a programming error. */
const signingAuthority = (code: string): Authority => {
  const found = findAuthority(code);
  if (!found) throw new Error(`no authority ${code}`);
  return found;
};

export const authorityName = (code: string): string => signingAuthority(code).name;

/** The body for an application for reconsideration: the government at the authority's level (行政复议法 §24). */
export const reconsiderationBody = (code: string): string =>
  code === PROVINCE ? '辽宁省人民政府' : `${signingAuthority(code).territory.replace('沈抚改革创新示范区', '辽宁省')}人民政府`;
