import type { Person } from './access';
import { OWN_STEPS, STEPS_SHOWN, checkStep, maySeeCase, maySeeDeadline, maySeeDocument } from './case-access';

const institution: Person = {
  ...{ officerId: 'i', name: '某人', role: 'INSTITUTION', authority: '2101' },
  institution: 'S000021010001',
};
const officer: Person = { ...institution, role: 'CITY_OFFICER', institution: '' };

describe('what an institution hears of its case', () => {
  it.each([
    ['LEAD', false],
    ['TRIAGED', false],
    ['VERIFYING', false],
    ['FOUNDED', false],
    ['DISMISSED', false],
    ['UNFOUNDED', false],
    ['NOTICE_SERVED', true],
    ['HEARD', true],
    ['DECIDED', true],
    ['CLOSED', true],
  ])('a case that is %s: %s', (state, seen) => {
    expect(maySeeCase(institution, state)).toBe(seen);
    expect(maySeeCase(officer, state)).toBe(true);
  });

  it('never hears of a transfer to the police', () => {
    const shown = Object.entries(STEPS_SHOWN).filter(([, isShown]) => isShown);
    expect(shown.map(([step]) => step).filter((step) => /TRANSFER|CRIME|PROCURATORATE|EXHIBITS/.test(step))).toEqual([]);
    expect(maySeeDeadline(institution, 'D-TRANSFER-SEND')).toBe(false);
    expect(maySeeDeadline(institution, 'D-PEN-SERVE')).toBe(true);
    expect(maySeeDeadline(officer, 'D-TRANSFER-SEND')).toBe(true);
    expect(maySeeDocument(institution, { kind: 'TRANSFER', services: [{}] })).toBe(false);
  });

  it('reads a document from its service on', () => {
    expect(maySeeDocument(institution, { kind: 'NOTICE', services: [] })).toBe(false);
    expect(maySeeDocument(institution, { kind: 'NOTICE', services: [{}] })).toBe(true);
    expect(maySeeDocument(officer, { kind: 'NOTICE', services: [] })).toBe(true);
  });

  it('takes its own steps and no others', () => {
    for (const step of Object.keys(STEPS_SHOWN)) {
      const take = (): void => checkStep(institution, step);
      if (OWN_STEPS.includes(step)) expect(take).not.toThrow();
      else expect(take).toThrow(expect.objectContaining({ reason: 'role.not_allowed' }) as Error);
      expect(() => checkStep(officer, step)).not.toThrow();
    }
  });
});
