import { keyText } from './key-text';

it.each([
  ['an institution code', Buffer.from('S000210000001'), 'S000210000001'],
  ['no key', null, ''],
  ['an empty key', Buffer.alloc(0), ''],
  ['U+0000', Buffer.from('S0\0'), 'hex:533000'],
  ['bytes that are not UTF-8', Buffer.from([0xc3, 0x28]), 'hex:c328'],
  ['half of a surrogate pair', Buffer.from([0xed, 0xa0, 0x80]), 'hex:eda080'],
  ['Chinese', Buffer.from('键'), '键'],
])('names %s', (_what, bytes, text) => {
  expect(keyText(bytes)).toBe(text);
});

it('names a long key by its digest', () => {
  expect(keyText(Buffer.alloc(900_000, 0x41))).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(keyText(Buffer.alloc(900_000, 0x41))).not.toBe(keyText(Buffer.alloc(900_000, 0x42)));
});
