import { checkPayer } from './actor';

describe('checkPayer', () => {
  it.each(['PROVINCE_OFFICER', 'CITY_OFFICER'])('lets %s pay', (role) => {
    expect(() => checkPayer({ role })).not.toThrow();
  });

  it.each(['INSTITUTION', 'OPERATOR', 'AUDITOR', 'toString'])('refuses %s', (role) => {
    expect(() => checkPayer({ role })).toThrow(expect.objectContaining({ reason: 'actor.role_forbidden', kind: 'forbidden' }));
  });

  it.each([undefined, { role: 'UNSPECIFIED' }])('refuses a request without an actor', (actor) => {
    expect(() => checkPayer(actor)).toThrow(expect.objectContaining({ reason: 'actor.missing' }));
  });
});
