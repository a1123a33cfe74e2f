import { Refusal } from '@hengji/domain-kit';
import { usccCheckCharacter } from '@hengji/province';
import { checkFiling, type FilingClaim, sameFiling } from './institution';

const TODAY = '2026-03-02';

const claim = (over: Partial<FilingClaim> = {}): FilingClaim => ({
  code: 'S000021010003',
  uscc: `52210102MJ0000003${usccCheckCharacter('52210102MJ0000003')}`,
  name: '沈阳匠心职业技能评价中心',
  institutionClass: 'SOCIAL',
  area: '210102',
  authority: '2101',
  validFrom: '2024-01-01',
  validUntil: '2027-12-31',
  scopeLines: [
    { kind: 'LEVEL_RECOGNITION', occupation: '6-31-01-03', levels: ['5', '4', '3'], implementingDepartment: '', specification: '' },
  ],
  ...over,
});

const refused = (over: Partial<FilingClaim>): { reason: string; field: string | undefined } => {
  try {
    checkFiling(claim(over), TODAY, 'institutions[7]');
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    expect(thrown.kind).toBe('invalid');
    expect(thrown.detail.rule).toBeTruthy();
    expect(thrown.message).toMatch(/\p{sc=Han}/u);
    return { reason: thrown.reason, field: thrown.detail.field };
  }
  throw new Error('nothing was refused');
};

describe('checkFiling', () => {
  it('accepts a valid filing unchanged', () => {
    expect(checkFiling(claim(), TODAY, 'x')).toEqual(claim());
    const employer = claim({ code: 'Y000021990001', institutionClass: 'EMPLOYER', authority: 'LN-SF', area: '210404' });
    expect(checkFiling(employer, TODAY, 'x')).toEqual(employer);
  });

  it.each<[string, Partial<FilingClaim>, string, string]>([
    ['a code of 12 characters', { code: 'S00002101000' }, 'code_invalid', 'code'],
    ['a code of another province', { code: 'S000011010003' }, 'code_invalid', 'code'],
    ['a code of neither letter', { code: 'X000021010003' }, 'code_invalid', 'code'],
    ['a code of the canary', { code: 'S999921990001' }, 'code_reserved', 'code'],
    ['another code of the canary', { code: 'S999921999999' }, 'code_reserved', 'code'],
    ['the letter of the other class', { code: 'Y000021010003' }, 'code_invalid', 'code'],
    ['an employer with the letter S', { institutionClass: 'EMPLOYER' }, 'code_invalid', 'code'],
    ['no class', { institutionClass: 'UNSPECIFIED' }, 'class_invalid', 'institution_class'],
    ['a wrong check character', { uscc: '52210102MJ0000003A' }, 'uscc_invalid', 'uscc'],
    ['a USCC with the letter I', { uscc: 'I2210102MJ00000035' }, 'uscc_invalid', 'uscc'],
    ['no USCC', { uscc: '' }, 'uscc_invalid', 'uscc'],
    ['a USCC that is also the ID number of a person', { uscc: '210102199003070097' }, 'uscc_personal', 'uscc'],
    ['no name', { name: '' }, 'name_invalid', 'name'],
    ['a name with a space before it', { name: ' 中心' }, 'name_invalid', 'name'],
    ['a name with a control character', { name: '中\u0000心' }, 'name_invalid', 'name'],
    ['a name of 121 characters', { name: '名'.repeat(121) }, 'name_invalid', 'name'],
    ['an area that is not there', { area: '210101' }, 'area_unknown', 'area'],
    ['an authority that is not there', { authority: '2115' }, 'authority_unknown', 'authority'],
    ['a first day that does not exist', { validFrom: '2024-02-30' }, 'validity_invalid', 'valid_from'],
    ['a last day that does not exist', { validUntil: '2027-13-01' }, 'validity_invalid', 'valid_until'],
    ['an end before its beginning', { validFrom: '2024-01-02', validUntil: '2024-01-01' }, 'validity_invalid', 'valid_until'],
    ['a beginning tomorrow', { validFrom: '2026-03-03' }, 'validity_invalid', 'valid_from'],
    ['an end after ten years and a day', { validUntil: '2036-03-03' }, 'validity_invalid', 'valid_until'],
    ['an end in another century', { validUntil: '2206-03-01' }, 'validity_invalid', 'valid_until'],
    ['no scope', { scopeLines: [] }, 'scope_invalid', 'scope_lines'],
  ])('refuses %s', (_what, over, reason, field) => {
    expect(refused(over)).toEqual({ reason: `institution.${reason}`, field: `institutions[7].${field}` });
  });

  it.each<[string, Partial<FilingClaim>]>([
    ['a name of 120 characters', { name: '名'.repeat(120) }],
    ['one day of validity', { validFrom: '2024-01-01', validUntil: '2024-01-01' }],
    ['an end after ten years', { validUntil: '2036-03-02' }],
    ['a beginning today', { validFrom: TODAY }],
    ['a code beside those of the canary', { code: 'S999921980001' }],
  ])('accepts %s', (_what, over) => {
    expect(checkFiling(claim(over), TODAY, 'x')).toMatchObject(over);
  });
});

describe('sameFiling', () => {
  const filing = checkFiling(claim(), TODAY, 'x');

  it('is true for an equal filing', () => {
    expect(sameFiling(filing, checkFiling(claim(), TODAY, 'x'))).toBe(true);
  });

  it.each<[string, Partial<FilingClaim>]>([
    ['name', { name: '另一家' }],
    ['area', { area: '210103' }],
    ['authority', { authority: 'LN' }],
    ['first day', { validFrom: '2024-01-02' }],
    ['last day', { validUntil: '2027-12-30' }],
    [
      'levels',
      {
        scopeLines: [
          { kind: 'LEVEL_RECOGNITION', occupation: '6-31-01-03', levels: ['5', '4'], implementingDepartment: '', specification: '' },
        ],
      },
    ],
  ])('is false for another %s', (_what, over) => {
    expect(sameFiling(filing, checkFiling(claim(over), TODAY, 'x'))).toBe(false);
  });
});
