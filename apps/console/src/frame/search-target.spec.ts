import { addressOf } from './search-target';

it.each([
  ['S000021010001', '/institutions/S000021010001'],
  [' s000021010001 ', '/institutions/S000021010001'],
  ['S0000 2101 0001 263000001', '/verify/S000021010001263000001'],
  ['沈阳', undefined],
  ['S00002101000', undefined],
  ['S0000210100012630000011', undefined],
])('%s opens %s', (typed, expected) => expect(addressOf(typed)).toBe(expected));
