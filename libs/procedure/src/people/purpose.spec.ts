// Both sides of each limit for the purpose that an officer states for a person query.
import { purposeOf } from './purpose';

it('consists of the chosen value and the note', () => {
  expect(purposeOf({ purpose: 'CASE', note: ' 核对第３号案件　的证人 ' })).toBe('办理案件：核对第3号案件 的证人');
  expect(purposeOf({ purpose: 'OTHER', note: '信访' })).toBe('其他：信访');
  expect(purposeOf({ purpose: 'OTHER', note: '字'.repeat(200) })).toHaveLength(203);
});

it.each([
  ['no word', 'UNSPECIFIED', '信访', 'person.purpose_missing'],
  ['no note', 'CASE', '  ', 'person.purpose_invalid'],
  ['one character', 'CASE', '信', 'person.purpose_invalid'],
  ['201 characters', 'CASE', '字'.repeat(201), 'person.purpose_invalid'],
  ['an ID number in the note', 'CASE', '查 210102 19900307 0011', 'person.purpose_invalid'],
] as const)('refuses %s', (_, purpose, note, reason) => {
  expect(() => purposeOf({ purpose, note })).toThrow(expect.objectContaining({ kind: 'invalid', reason }) as Error);
});
