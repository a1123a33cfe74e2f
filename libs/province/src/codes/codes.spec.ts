import { Refusal } from '@hengji/domain-kit';
import { idCheckCharacter, isIdNumber } from '../people/citizen-id';
import { certificateNumber, isCertificateNumber, parseCertificateNumber } from './certificate-number';
import { checkInstitutionCode, institutionCodeOf, institutionCodeParts, isInstitutionCode, type InstitutionCode } from './institution-code';
import { isPersonalUscc, isUscc, usccCheckCharacter, usccFault } from './uscc';

// Synthetic test values of rules §3.1 and §3.2; none belongs to a person.
const VALID_IDS = [
  '210102199003070011',
  '210203198501010027',
  '210402197812313017',
  '211103196802291236',
  '211404199511301242',
  '11010519491231002X',
];

describe('citizen ID, GB 11643', () => {
  it.each(VALID_IDS)('accepts %s', (id) => {
    expect(isIdNumber(id)).toBe(true);
    expect(idCheckCharacter(id.slice(0, 17))).toBe(id[17]);
  });

  it.each([
    ['wrong check digit', '210102199003070012'],
    ['29 February of a common year', '211103196702291236'],
    ['lower-case x', '11010519491231002x'],
    ['17 digits', '21010219900307001'],
    ['19 digits', '2101021990030700110'],
    ['full-width digits', '２10102199003070011'],
    ['born in 1899', '210102189903070018'],
    ['empty', ''],
  ])('refuses %s', (_why, id) => expect(isIdNumber(id)).toBe(false));

  it('accepts exactly one check character for each body', () => {
    const accepted = [...'0123456789X'].filter((c) => isIdNumber(`21010219900307001${c}`));
    expect(accepted).toEqual(['1']);
  });
});

describe('unified social credit code, GB 32100', () => {
  it.each(['91210102MA0Y1Q2R8T', '52210200MJ3123451D', '122100004634001232', '912104001234567881'])('accepts %s', (code) => {
    expect(isUscc(code)).toBe(true);
    expect(usccCheckCharacter(code.slice(0, 17))).toBe(code[17]);
  });

  it.each([
    ['wrong check character', '91210102MA0Y1Q2R8U'],
    ['letter I', '91210102MI0Y1Q2R8T'],
    ['17 characters', '91210102MA0Y1Q2R8'],
    ['lower case', '91210102ma0y1q2r8t'],
    ['empty', ''],
  ])('refuses %s', (_why, code) => expect(isUscc(code)).toBe(false));
});

it('knows the ID numbers that also fit the check of a code', () => {
  expect(isPersonalUscc('210102199003070097')).toBe(true);
  expect(usccFault('210102199003070097')).toBeUndefined();
  for (const other of ['210102199003070011', '912104001234567881', '91210102MA0Y1Q2R8T', '210102199003070098'])
    expect(isPersonalUscc(other)).toBe(false);
});

it.each([
  ['', '不能为空'],
  ['91210102MA0Y1Q2R8', '收到17位'],
  ['91210102MI0Y1Q2R8T', '第10位是“I”'],
  ['91210102MAOY1Q2R8T', '第11位是“O”'],
  ['91210102MA0Y1Q2R8U', '应为“T”，收到“U”'],
])('says what is wrong with the code %j', (code, words) => expect(usccFault(code)).toContain(words));

describe('certificate number, 22 characters', () => {
  it('splits a number into its parts and builds it from them', () => {
    const parts = parseCertificateNumber('S000021010003263000001');
    expect(parts).toEqual({ institutionClass: 'S', institution: 'S000021010003', year: '26', level: '3', sequence: '000001' });
    expect(certificateNumber(parts.institution, parts.year, parts.level, 1)).toBe('S000021010003263000001');
  });

  it.each([
    ['21 characters', 'S00002101000326300001'],
    ['23 characters', 'S0000210100032630000011'],
    ['class letter X', 'X000021010003263000001'],
    ['another province', 'S000023010003263000001'],
    ['sequence zero', 'S000021010003263000000'],
    ['level 6', 'S000021010003266000001'],
    ['lower case', 's000021010003263000001'],
    ['a space', 'S00002101000326300000 '],
    ['a line break', 'S000021010003263000001\n'],
  ])('refuses %s and names field and rule', (_why, number) => {
    expect(isCertificateNumber(number)).toBe(false);
    expect(() => parseCertificateNumber(number, 'certificates[2]')).toThrow(Refusal);
    try {
      parseCertificateNumber(number, 'certificates[2]');
    } catch (error) {
      expect(error).toMatchObject({
        kind: 'invalid',
        reason: 'certificate.number_invalid',
        detail: { field: 'certificates[2]', rule: '人社鉴发〔2019〕2号' },
      });
    }
  });

  it('accepts the last sequence and the letter of 特级', () => {
    expect(isCertificateNumber('Y000021990001261999999')).toBe(true);
    expect(isCertificateNumber(certificateNumber('Y000021990001' as InstitutionCode, '26', 'T', 7))).toBe(true);
  });
});

describe('institution code', () => {
  it.each(['S000021010003', 'Y123421990001'])('accepts %s', (code) => expect(isInstitutionCode(code)).toBe(true));
  it.each(['S000023010003', 'S00002101000', 'Z000021010003', ''])('refuses %s', (code) => expect(isInstitutionCode(code)).toBe(false));

  it.each([
    ['SOCIAL', '2101', 3, 'S000021010003'],
    ['EMPLOYER', '2110', 12, 'Y000021100012'],
    ['SOCIAL', 'LN', 1, 'S000021000001'],
    ['SOCIAL', 'LN-SF', 9999, 'S000021999999'],
  ] as const)('is built and parsed: %s of %s, number %i', (institutionClass, authority, running, code) => {
    expect(institutionCodeOf(institutionClass, authority, running)).toBe(code);
    expect(institutionCodeParts(code)).toEqual({
      institutionClass,
      ministryCode: '0000',
      authority,
      running: String(running).padStart(4, '0'),
    });
  });

  it('returns no authority for the ministry’s digits, and no parts for an invalid code', () => {
    expect(institutionCodeParts('Y123421500001')?.authority).toBeUndefined();
    expect(institutionCodeParts('S000023010003')).toBeUndefined();
  });

  it('refuses with field and reason', () => {
    expect(() => checkInstitutionCode('S1', 'x.institution')).toThrow(expect.objectContaining({ reason: 'institution.code_invalid' }));
    expect(checkInstitutionCode('S000021010003', 'x')).toBe('S000021010003');
  });
});
