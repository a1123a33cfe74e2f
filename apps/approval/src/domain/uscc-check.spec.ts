// Which codes may be checked by two officers, who decides, and what stays decided.
import { authorityOfCode, checkNeeded, checkReason, decideOnCheck, decidePropose, type UsccCheck } from './uscc-check';

const refusing = (reason: string) => expect.objectContaining({ reason }) as Error;

it.each([
  ['91210102MA0Y1Q2R8T', 'uscc.check_fits'],
  ['91210102MA0Y1Q2R8', 'institution.uscc_invalid'],
  ['91210102MI0Y1Q2R8T', 'institution.uscc_invalid'],
  ['210102199003070012', 'institution.uscc_personal'],
])('needs no check, or can have none: %s', (uscc, reason) => expect(() => checkNeeded(uscc)).toThrow(refusing(reason)));

it('can be checked where only the check character is wrong', () => expect(() => checkNeeded('91210102MA0Y1Q2R8U')).not.toThrow());

const proposed: UsccCheck = { proposedBy: 'a', licenceSha256: 'ab', confirmed: null };

it('is decided by another officer who saw this licence', () => {
  expect(() => decideOnCheck(proposed, { officerId: 'b', seen: 'ab' })).not.toThrow();
  expect(() => decideOnCheck(proposed, { officerId: 'a', seen: 'ab' })).toThrow(refusing('uscc.same_person'));
  expect(() => decideOnCheck(proposed, { officerId: 'b', seen: 'cd' })).toThrow(refusing('uscc.licence_changed'));
  expect(() => decideOnCheck(undefined, { officerId: 'b', seen: 'ab' })).toThrow(refusing('uscc.check_unknown'));
});

it('is decided once', () => {
  expect(() => decideOnCheck({ ...proposed, confirmed: true }, { officerId: 'b', seen: 'ab' })).toThrow(refusing('uscc.confirmed_already'));
  expect(() => decideOnCheck({ ...proposed, confirmed: false }, { officerId: 'b', seen: 'ab' })).toThrow(refusing('uscc.refused_already'));
});

it('is proposed again while nobody has confirmed it', () => {
  expect(() => decidePropose(undefined)).not.toThrow();
  expect(() => decidePropose(proposed)).not.toThrow();
  expect(() => decidePropose({ ...proposed, confirmed: false })).not.toThrow();
  expect(() => decidePropose({ ...proposed, confirmed: true })).toThrow(refusing('uscc.confirmed_already'));
});

it('has a reason of 1 to 200 characters', () => {
  expect(checkReason(' 执照印错 ')).toBe('执照印错');
  expect(checkReason('核'.repeat(200))).toHaveLength(200);
  expect(() => checkReason(' ')).toThrow(refusing('uscc.reason_invalid'));
  expect(() => checkReason('核'.repeat(201))).toThrow(refusing('uscc.reason_invalid'));
});

it('belongs to the authority of the institution code', () => {
  expect(['S000021010003', 'S000021990001', 'S123421500001'].map(authorityOfCode)).toEqual(['2101', 'LN-SF', 'LN']);
});
