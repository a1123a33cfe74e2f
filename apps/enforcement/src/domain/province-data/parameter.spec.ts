import type { Day } from '@hengji/domain-kit';
import { REGISTRY, ruleOf } from '../deadlines/registry';
import { boundOf, type DeadlineRule } from '../deadlines/rule';
import type { Administrator } from './change';
import { amountsOf, decideConfirm, decidePropose, isParameter, type ParameterClaim, type ParameterVersion } from './parameter';

const AT = new Date('2026-11-30T02:00:00Z');
const operator = (officerId: string): Administrator => ({ officerId, name: officerId, role: 'OPERATOR' });
const CLAIM: ParameterClaim = {
  ...{ code: 'D-RECTIFY-CHECK', jurisdiction: 'LN', validFrom: '2026-12-01', amount: 15, unit: 'workingDay', extension: 0 },
  ...{ source: '测试文件〔2026〕1号', reason: '复查需要现场核验' },
};
const propose = (change: Partial<ParameterClaim> = {}, all: readonly ParameterVersion[] = [], at = AT): ParameterVersion =>
  decidePropose({ ...CLAIM, ...change }, all, { by: operator('a'), at });
const confirm = (version: ParameterVersion, all: readonly ParameterVersion[] = [version], at = AT): ParameterVersion =>
  decideConfirm(version, all, { version: version.version, by: operator('b'), at });
const refusing = (reason: string): Error => expect.objectContaining({ reason }) as Error;

describe('an amount is set', () => {
  it('as the next version of its jurisdiction, by two people', () => {
    const first = propose();
    expect(first).toEqual({ ...CLAIM, version: 1, proposed: { officerId: 'a', name: 'a', at: AT }, confirmed: null });
    expect(propose({}, [first]).version).toBe(2);
    expect(propose({ jurisdiction: '2101' }, [first]).version).toBe(1);
    expect(confirm(first).confirmed).toEqual({ officerId: 'b', name: 'b', at: AT });
    expect(() => decideConfirm(CLAIM, [first], { version: 1, by: operator('a'), at: AT })).toThrow(refusing('parameter.same_person'));
  });

  it.each<[string, Partial<ParameterClaim>, string]>([
    ['of no limit', { code: 'D-NOTHING' }, 'parameter.code_unknown'],
    ['of public notice, whose end the law names', { code: 'D-NOTICE-PUBLIC' }, 'parameter.code_unknown'],
    ['of a limit that ends on a named day', { code: 'D-RECTIFY' }, 'parameter.code_unknown'],
    ['for no authority', { jurisdiction: 'CN' }, 'parameter.invalid'],
    ['from no day', { validFrom: '2026-02-30' }, 'parameter.invalid'],
    ['of nothing', { amount: 0 }, 'parameter.invalid'],
    ['without a document', { source: '' }, 'parameter.invalid'],
    ['without a reason', { reason: '  ' }, 'parameter.invalid'],
    ['shorter than a party has by law', { code: 'D-CASE-REPLY', amount: 2 }, 'parameter.bound_by_law'],
    ['in days that may be fewer', { code: 'D-CASE-REPLY', amount: 3, unit: 'day' }, 'parameter.bound_by_law'],
    ['with less notice of a hearing', { code: 'D-PEN-HEARING-NOTICE', amount: 6 }, 'parameter.bound_by_law'],
    ['that asks more of a party', { code: 'D-FIL-RENEW', amount: 31, unit: 'day' }, 'parameter.bound_by_law'],
    ['longer than the law gives an authority', { code: 'D-PEN-SERVE', amount: 8 }, 'parameter.bound_by_law'],
    ['with an extension that the law does not know', { code: 'D-PEN-SERVE', amount: 7, extension: 1 }, 'parameter.bound_by_law'],
  ])('but not %s', (_, change, reason) => expect(() => propose(change)).toThrow(refusing(reason)));

  it.each<Partial<ParameterClaim>>([
    { code: 'D-CASE-REPLY', amount: 5 },
    { code: 'D-PEN-HEARING-NOTICE', amount: 10 },
    { code: 'D-PEN-SERVE', amount: 5 },
    { code: 'D-PEN-SERVE', amount: 7, unit: 'day' },
    { code: 'D-RECON', amount: 60, unit: 'workingDay' },
    { code: 'D-FIL-REVIEW', amount: 20, extension: 10 },
    { amount: 5 },
  ])('within the bounds that the law leaves open: %j', (change) => expect(propose(change)).toMatchObject(change));

  it('never shortens a limit of a party that may be running', () => {
    const reply = { code: 'D-CASE-REPLY', amount: 5, validFrom: '2026-10-01' };
    const longer = confirm(propose(reply));
    const back = { ...reply, amount: 3 };
    expect(() => propose({ ...back, validFrom: '2026-11-30' }, [longer])).toThrow(refusing('parameter.takes_time'));
    expect(() => propose({ ...back, validFrom: '2026-09-01', jurisdiction: '2101' }, [longer])).toThrow(refusing('parameter.takes_time'));
    const coming = propose({ ...back, validFrom: '2026-12-01' }, [longer]);
    expect(confirm(coming, [longer, coming]).confirmed).not.toBeNull();
    // The confirmation came after its day.
    expect(() => confirm(coming, [longer, coming], new Date('2026-12-02T02:00:00Z'))).toThrow(refusing('parameter.takes_time'));
  });
});

describe('the amounts in force', () => {
  const counted = (authority: string, startedAt: string) => ({ code: 'D-RECTIFY-CHECK', authority, startedAt: new Date(startedAt) });
  const first = confirm(propose());
  const own = confirm(propose({ jurisdiction: '2101', amount: 20, extension: 5 }));
  const amounts = amountsOf([first, own, propose({ amount: 99 }, [first])]);

  it('are the version of the day on which the limit started, by the day in Shanghai', () => {
    expect(amounts.inForce(counted('2102', '2026-11-30T15:59:59Z'))).toEqual({ limit: { amount: 10, unit: 'workingDay' }, version: '' });
    expect(amounts.inForce(counted('2102', '2026-11-30T16:00:00Z'))).toEqual({
      limit: { amount: 15, unit: 'workingDay' },
      version: 'LN/1',
    });
    const ofCity = { limit: { amount: 20, unit: 'workingDay' }, extension: 5, version: '2101/1' };
    expect(amounts.inForce(counted('2101', '2026-12-01T02:00:00Z'))).toEqual(ofCity);
    expect(amounts.ofVersion('D-RECTIFY-CHECK', '2101/1')).toEqual(ofCity);
    expect(amounts.versioned()).toEqual(['D-RECTIFY-CHECK']);
  });

  it('keep the direction of the registry', () => {
    const notice = confirm(propose({ code: 'D-PEN-HEARING-NOTICE', amount: 9, validFrom: '2026-01-01' as Day }));
    expect(amountsOf([notice]).ofVersion('D-PEN-HEARING-NOTICE', 'LN/1').limit).toEqual({ amount: 9, unit: 'workingDay', before: true });
  });
});

describe('the registry', () => {
  it.each(Object.entries<DeadlineRule>(REGISTRY).filter(([, { owner }]) => owner === 'party' || owner === 'keeper'))(
    '%s protects its owner',
    (code, rule) => {
      if (isParameter(code)) expect(boundOf(rule)).toBe(rule.limit?.before ? 'atMost' : 'atLeast');
    },
  );

  it.each(['D-CASE-REPLY', 'D-PEN-HEARING-ASK', 'D-PEN-HEARING-NOTICE'])('%s, which a step waits for, stays in working days', (code) => {
    expect([ruleOf(code).limit?.unit, boundOf(ruleOf(code))]).toEqual(['workingDay', 'atLeast']);
  });
});
