import { parkedReason, parkedType } from './parked-words';

it.each([
  ['seal.missing', '没有签封(seal.missing)'],
  ['malformed bytes: index out of range', '内容损坏,无法解析(malformed bytes: index out of range)'],
  ['waits behind a parked message of its key', '排在同一机构的滞留消息之后(waits behind a parked message of its key)'],
  ['TypeError: x is undefined', '处理失败(TypeError: x is undefined)'],
])('%s is shown in words, with the code behind them', (reason, said) => expect(parkedReason(reason)).toBe(said));

it('an unreadable message has no type', () =>
  expect([parkedType('unreadable'), parkedType('rowReleased')]).toEqual(['未解析', 'rowReleased']));
