import { duration, shortCode } from './field-words';

it.each([
  ['2026-03-02T02:00:00.000Z', '不足1毫秒'],
  ['2026-03-02T02:00:00.001Z', '1毫秒'],
  ['2026-03-02T02:00:00.999Z', '999毫秒'],
  ['2026-03-02T02:00:01.000Z', '1.0秒'],
  ['2026-03-02T02:01:15.249Z', '75.2秒'],
])('a work from 2026-03-02T02:00:00.000Z until %s took %s', (until, said) =>
  expect(duration('2026-03-02T02:00:00.000Z', until)).toBe(said),
);

it.each([
  ['9a1839bd-a6c6-47ff-b097-ec845f44837b', '9a1839bd…'],
  ['7b932a23-dfa6-47ac-be8f-0123456789ab-BY000021010017243000001', '7b932a23…-BY000021010017243000001'],
  ['Y000021010017243000001', 'Y000021010017243000001'],
  ['shenyang-a', 'shenyang-a'],
])('the code %s is shown as %s', (code, shown) => expect(shortCode(code)).toBe(shown));
