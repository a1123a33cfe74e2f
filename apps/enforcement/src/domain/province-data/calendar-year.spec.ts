import { PUBLISHED_YEARS, type YearClaim } from '@hengji/province';
import { decideConfirm, decidePropose, type LoadedYear } from './calendar-year';
import type { Administrator } from './change';

const AT = new Date('2026-11-30T02:00:00Z');
const operator = (officerId: string): Administrator => ({ officerId, name: officerId, role: 'OPERATOR' });
const { version: _version, ...YEAR } = PUBLISHED_YEARS.at(-1) ?? ({} as never);
const claim: YearClaim = YEAR;
const propose = (earlier: readonly LoadedYear[] = [], by = operator('a')): LoadedYear => decidePropose(claim, earlier, { by, at: AT });
const confirm = (version: number, all: readonly LoadedYear[], by = operator('b')): LoadedYear =>
  decideConfirm(version, all, { by, at: AT });
const refusing = (reason: string): unknown => expect.objectContaining({ reason });

describe('a year is proposed', () => {
  it('as the next version', () => {
    expect(propose()).toEqual({ ...claim, version: 1, proposed: { officerId: 'a', name: 'a', at: AT }, confirmed: null });
    expect(propose([propose()]).version).toBe(2);
  });

  it('by operations only, and only if it is valid', () => {
    expect(() => propose([], { ...operator('a'), role: 'PROVINCE_OFFICER' })).toThrow(refusing('calendar.role_forbidden') as Error);
    expect(() => decidePropose({ ...claim, off: [] }, [], { by: operator('a'), at: AT })).toThrow(
      refusing('calendar.year_invalid') as Error,
    );
  });
});

describe('a year is confirmed', () => {
  it('by a second person, and repeated by the same one', () => {
    const confirmed = confirm(1, [propose()]);
    expect(confirmed.confirmed).toEqual({ officerId: 'b', name: 'b', at: AT });
    expect(confirm(1, [confirmed])).toBe(confirmed);
  });

  it.each<[string, () => unknown, string]>([
    ['by who proposed it', () => confirm(1, [propose()], operator('a')), 'calendar.same_person'],
    ['by another role', () => confirm(1, [propose()], { ...operator('b'), role: 'AUDITOR' }), 'calendar.role_forbidden'],
    ['when there is no such version', () => confirm(2, [propose()]), 'calendar.unknown'],
    ['when a newer one was proposed', () => confirm(1, [propose(), propose([propose()])]), 'calendar.other_version'],
    ['when a third person confirmed it', () => confirm(1, [confirm(1, [propose()])], operator('c')), 'calendar.confirmed'],
  ])('but not %s', (_what, work, reason) => expect(work).toThrow(refusing(reason) as Error));
});
