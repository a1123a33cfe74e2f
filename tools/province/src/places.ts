// The places of the province's institutions and venues: GB/T 2260 (rules §3.3), one row per city with some of its
// districts.
import { cityName, PROVINCE as PROVINCE_AUTHORITY, SHENFU as SHENFU_AUTHORITY, type CityCode } from '@hengji/province';

export interface Place {
  /** Competent authority: LN, 2101..2114, LN-SF. */
  readonly authority: string;
  /** The place name that its institutions use in their names. */
  readonly name: string;
  /** GB/T 2260 codes of venues. */
  readonly areas: readonly string[];
}

const city = (code: CityCode, districts: readonly string[]): Place => ({
  authority: code,
  name: cityName(code).replace('市', ''),
  areas: districts.map((district) => code + district),
});

export const CITIES: readonly Place[] = [
  city('2101', ['02', '03', '04', '05', '06', '12']),
  city('2102', ['02', '03', '04', '11', '13']),
  city('2103', ['02', '03', '04']),
  city('2104', ['02', '03', '11']),
  city('2105', ['02', '03', '04']),
  city('2106', ['02', '03', '04']),
  city('2107', ['02', '03', '11']),
  city('2108', ['02', '03', '04']),
  city('2109', ['02', '03', '11']),
  city('2110', ['02', '03', '04']),
  city('2111', ['02', '03', '04']),
  city('2112', ['02', '04', '21']),
  city('2113', ['02', '03', '21']),
  city('2114', ['02', '03', '04']),
];

/** 沈抚示范区 has no GB/T 2260 code: its places have codes of Shenyang or Fushun (rules §3.3). */
export const SHENFU: Place = { authority: SHENFU_AUTHORITY, name: '沈抚', areas: ['210112', '210404'] };

/** Institutions at the provincial level are in Shenyang. */
export const PROVINCE: Place = { authority: PROVINCE_AUTHORITY, name: '辽宁', areas: ['210102', '210105'] };

export const PLACES: readonly Place[] = [...CITIES, SHENFU, PROVINCE];

export const AREAS: readonly string[] = CITIES.flatMap((place) => place.areas);
