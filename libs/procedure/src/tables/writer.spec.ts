import { checkActsFor, checkWriter } from './writer';

const OWN = 'S000021010003';

describe('who may change records', () => {
  it.each(['PROVINCE_OFFICER', 'CITY_OFFICER', 'INSTITUTION'])('%s may change records', (role) => {
    expect(checkWriter({ officerId: 'u1', role, institution: OWN }).role).toBe(role);
  });

  it.each([
    ['OPERATOR', 'actor.role_forbidden'],
    ['AUDITOR', 'actor.role_forbidden'],
    ['UNSPECIFIED', 'actor.missing'],
  ])('%s may not change records', (role, reason) => {
    expect(() => checkWriter({ officerId: 'u1', role, institution: '' })).toThrow(expect.objectContaining({ reason }) as Error);
  });

  it('a call without an actor may not change records', () => {
    expect(() => checkWriter(undefined)).toThrow(expect.objectContaining({ reason: 'actor.missing' }) as Error);
  });

  it('an institution acts only for itself, officers for any institution', () => {
    expect(() => checkActsFor({ role: 'INSTITUTION', institution: OWN }, OWN)).not.toThrow();
    expect(() => checkActsFor({ role: 'CITY_OFFICER', institution: '' }, OWN)).not.toThrow();
    expect(() => checkActsFor({ role: 'INSTITUTION', institution: 'S000021010004' }, OWN)).toThrow(
      expect.objectContaining({ kind: 'forbidden', reason: 'actor.other_institution' }) as Error,
    );
  });
});
