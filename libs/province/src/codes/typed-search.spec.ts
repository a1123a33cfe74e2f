import { typedSearch } from './typed-search';
import { usccCheckCharacter } from './uscc';

const USCC = `52210102MJ0000003${usccCheckCharacter('52210102MJ0000003')}`;

it.each([
  ['证书编号：s0000 2101 0003 263 000001', 'S000021010003263000001'],
  ['ｓ00002101', 'S00002101'],
  ['s0000 2101 0003', 'S000021010003'],
  [`统一社会信用代码 ${USCC.toLowerCase()}`, USCC],
  ['辽人社鉴处 [2026] 3 号', '辽人社鉴处〔2026〕3号'],
  ['【２０２６】3号', '〔2026〕3号'],
  ['沈阳　匠心 中心', '沈阳 匠心 中心'],
  ['syjx', 'syjx'],
  ['P-2026-0003', 'P-2026-0003'],
  ['ord-0a1b', 'ord-0a1b'],
  ['6-31-01-03', '6-31-01-03'],
  ['', ''],
])('%j is searched as %j', (typed, text) => expect(typedSearch(typed)).toBe(text));
