// The canary's codes, and the rule that reserves these codes, are in two libraries.
import { CANARY_INSTITUTIONS, canaryNumber } from '@hengji/contracts';
import { checkNotReserved, isCertificateNumber, isInstitutionCode } from '@hengji/province';

it.each(CANARY_INSTITUTIONS)('%s is a valid code that nobody else may use', (code) => {
  expect(isInstitutionCode(code)).toBe(true);
  expect(isCertificateNumber(canaryNumber(code))).toBe(true);
  expect(() => checkNotReserved(code, 'code')).toThrow(expect.objectContaining({ reason: 'institution.code_reserved' }));
});
