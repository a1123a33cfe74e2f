// The areas of Liaoning (GB/T 2260, rules §3.3): the province, 14 cities, 100 counties and districts. An area is a location and does not
// determine the competent authority: 沈抚示范区 has no code here; its locations have Shenyang's or Fushun's codes.

/** By city: its name, then the last two digits and the name of each county. A name without 县, 市 or 区 is a district. */
const CITIES = {
  '2101': ['沈阳市', '02和平 03沈河 04大东 05皇姑 06铁西 11苏家屯 12浑南 13沈北新区 14于洪 15辽中 23康平县 24法库县 81新民市'],
  '2102': ['大连市', '02中山 03西岗 04沙河口 11甘井子 12旅顺口 13金州 14普兰店 24长海县 81瓦房店市 83庄河市'],
  '2103': ['鞍山市', '02铁东 03铁西 04立山 11千山 21台安县 23岫岩满族自治县 81海城市'],
  '2104': ['抚顺市', '02新抚 03东洲 04望花 11顺城 21抚顺县 22新宾满族自治县 23清原满族自治县'],
  '2105': ['本溪市', '02平山 03溪湖 04明山 05南芬 21本溪满族自治县 22桓仁满族自治县'],
  '2106': ['丹东市', '02元宝 03振兴 04振安 24宽甸满族自治县 81东港市 82凤城市'],
  '2107': ['锦州市', '02古塔 03凌河 11太和 26黑山县 27义县 81凌海市 82北镇市'],
  '2108': ['营口市', '02站前 03西市区 04鲅鱼圈 11老边 81盖州市 82大石桥市'],
  '2109': ['阜新市', '02海州 03新邱 04太平 05清河门 11细河 21阜新蒙古族自治县 22彰武县'],
  '2110': ['辽阳市', '02白塔 03文圣 04宏伟 05弓长岭 11太子河 21辽阳县 81灯塔市'],
  '2111': ['盘锦市', '02双台子 03兴隆台 04大洼 22盘山县'],
  '2112': ['铁岭市', '02银州 04清河 21铁岭县 23西丰县 24昌图县 81调兵山市 82开原市'],
  '2113': ['朝阳市', '02双塔 03龙城 21朝阳县 22建平县 24喀喇沁左翼蒙古族自治县 81北票市 82凌源市'],
  '2114': ['葫芦岛市', '02连山 03龙港 04南票 21绥中县 22建昌县 81兴城市'],
} as const;

export type CityCode = keyof typeof CITIES;
/** Four digits, in the order of GB/T 2260. */
export const CITY_CODES = Object.keys(CITIES) as readonly CityCode[];
export const cityName = (city: CityCode): string => CITIES[city][0];

const PROVINCE_AREA = '210000';

const countyName = (name: string): string => (/[县市区]$/.test(name) ? name : `${name}区`);

const NAMES: ReadonlyMap<string, string> = new Map([
  [PROVINCE_AREA, '辽宁省'],
  ...CITY_CODES.flatMap((city): [string, string][] => {
    const [name, counties] = CITIES[city];
    return [
      [`${city}00`, name],
      ...counties.split(' ').map((county): [string, string] => [city + county.slice(0, 2), name + countyName(county.slice(2))]),
    ];
  }),
]);

/** True for the province, a city or a county of Liaoning; six digits of GB/T 2260. */
export const isArea = (text: string): boolean => NAMES.has(text);

/** 沈阳市和平区 for 210102; a code that is not an area of Liaoning is returned unchanged. */
export const areaName = (code: string): string => NAMES.get(code) ?? code;
