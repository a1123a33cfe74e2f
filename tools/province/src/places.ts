// Where the province's institutions and venues are: GB/T 2260 (rules §3.3), one row per city with some of its districts.

export interface Place {
  /** Competent authority: LN, 2101..2114, LN-SF. */
  readonly authority: string;
  readonly name: string;
  /** GB/T 2260 codes of venues. */
  readonly areas: readonly string[];
}

const city = (code: string, name: string, districts: readonly string[]): Place => ({
  authority: code,
  name,
  areas: districts.map((district) => code + district),
});

export const CITIES: readonly Place[] = [
  city('2101', '沈阳', ['02', '03', '04', '05', '06', '12']),
  city('2102', '大连', ['02', '03', '04', '11', '13']),
  city('2103', '鞍山', ['02', '03', '04']),
  city('2104', '抚顺', ['02', '03', '11']),
  city('2105', '本溪', ['02', '03', '04']),
  city('2106', '丹东', ['02', '03', '04']),
  city('2107', '锦州', ['02', '03', '11']),
  city('2108', '营口', ['02', '03', '04']),
  city('2109', '阜新', ['02', '03', '11']),
  city('2110', '辽阳', ['02', '03', '04']),
  city('2111', '盘锦', ['02', '03', '04']),
  city('2112', '铁岭', ['02', '04', '21']),
  city('2113', '朝阳', ['02', '03', '21']),
  city('2114', '葫芦岛', ['02', '03', '04']),
];

/** 沈抚示范区 has no GB/T 2260 code: its places carry Shenyang's or Fushun's (rules §3.3). */
export const SHENFU: Place = { authority: 'LN-SF', name: '沈抚', areas: ['210112', '210404'] };

/** Institutions of the province itself sit in Shenyang. */
export const PROVINCE: Place = { authority: 'LN', name: '辽宁', areas: ['210102', '210105'] };

export const PLACES: readonly Place[] = [...CITIES, SHENFU, PROVINCE];

export const AREAS: readonly string[] = CITIES.flatMap((place) => place.areas);
