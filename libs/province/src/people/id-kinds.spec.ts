import { idCheckCharacter } from './citizen-id';
import { checkIdOf, ID_KINDS, isIdOf, maskIdOf, type IdKind } from './id-kinds';

const withCheck = (body: string): string => body + idCheckCharacter(body);
const RESIDENT = '210102199003070011';
const HONG_KONG = withCheck('81000019900307001');
const TAIWAN = withCheck('83000019851112002');
const FOREIGNER = withCheck('91115619900307001');

// Synthetic numbers; none belongs to a person.
const GOOD: readonly (readonly [IdKind, string, string])[] = [
  ['RESIDENT_ID', RESIDENT, '210102********0011'],
  ['RESIDENT_ID', '11010519491231002X', '110105********002X'],
  ['RESIDENCE_PERMIT_HMT', HONG_KONG, `810000********${HONG_KONG.slice(-4)}`],
  ['RESIDENCE_PERMIT_HMT', TAIWAN, `830000********${TAIWAN.slice(-4)}`],
  ['FOREIGN_PERMANENT_RESIDENT', FOREIGNER, `911***********${FOREIGNER.slice(-4)}`],
  ['FOREIGN_PERMANENT_RESIDENT', 'USA110190030712', 'USA********0712'],
  ['PASSPORT', 'E12345678', 'E1*****78'],
  ['TRAVEL_PERMIT_HM', 'H12345678', 'H1*****78'],
  ['TRAVEL_PERMIT_TW', '12345678', '12****78'],
];

describe('identity documents', () => {
  it.each(GOOD)('%s accepts %s and shows %s', (kind, number, masked) => {
    expect(isIdOf(kind, number)).toBe(true);
    expect(maskIdOf(kind, number)).toBe(masked);
  });

  it.each(GOOD)('%s: %s is accepted as typed', (kind, number) => {
    const typed = ` ${number.toLowerCase().slice(0, 4)} ${number.toLowerCase().slice(4)} `;
    expect(checkIdOf(kind, typed, 'x')).toBe(number);
  });

  it.each([
    ['a wrong check character', 'RESIDENT_ID', '210102199003070012'],
    ['a day that never was', 'RESIDENT_ID', '211103196702291236'],
    ['a residence permit', 'RESIDENT_ID', HONG_KONG],
    ['a foreigner’s card', 'RESIDENT_ID', FOREIGNER],
    ['a citizen’s card', 'RESIDENCE_PERMIT_HMT', RESIDENT],
    ['an area beside the three', 'RESIDENCE_PERMIT_HMT', withCheck('84000019900307001')],
    ['a citizen’s card', 'FOREIGN_PERMANENT_RESIDENT', RESIDENT],
    ['a wrong check character', 'FOREIGN_PERMANENT_RESIDENT', FOREIGNER.slice(0, 17) + (FOREIGNER.endsWith('0') ? '1' : '0')],
    ['an old card born on 32 March', 'FOREIGN_PERMANENT_RESIDENT', 'USA110190033212'],
    ['letters alone', 'PASSPORT', 'ABCDEFGH'],
    ['four characters', 'PASSPORT', 'E123'],
    ['seven digits', 'TRAVEL_PERMIT_HM', 'H1234567'],
    ['another letter', 'TRAVEL_PERMIT_HM', 'C12345678'],
    ['a letter', 'TRAVEL_PERMIT_TW', 'T1234567'],
    ['nothing', 'PASSPORT', ''],
  ] as const)('refuses %s as %s', (_what, kind, number) => {
    expect(isIdOf(kind, number)).toBe(false);
    expect(() => checkIdOf(kind, number, 'holder.id_number')).toThrow(
      expect.objectContaining({
        reason: 'person.id_invalid',
        message: ID_KINDS[kind].form,
        detail: expect.objectContaining({ field: 'holder.id_number' }),
      }),
    );
  });

  it('masks a number completely if it is too short to be shown in part', () => expect(maskIdOf('RESIDENT_ID', '12345')).toBe('*****'));
});
