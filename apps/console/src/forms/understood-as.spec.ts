import { typedCertificateNumber, typedName, typedNumber } from '@hengji/province';
import { understoodAs } from './understood-as';

it.each([
  ['买买提•艾力', typedName, '买买提·艾力'],
  ['刘\uE863', typedName, '刘䶮'],
  ['张 三', typedName, undefined],
  ['', typedName, undefined],
  ['11010519491231002x', typedNumber, '11010519491231002X'],
  ['210102 1990 0307 0011', typedNumber, undefined],
  ['证书编号：s000021010003263000001', typedCertificateNumber, 'S000021010003263000001'],
  ['请问', typedCertificateNumber, undefined],
])('of %j shows what was understood', (typed, read, shown) => expect(understoodAs(typed, read)).toBe(shown));
