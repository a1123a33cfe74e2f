import { isDay } from '@hengji/domain-kit';
import { isOpen, nextLook, startLimit, tick, titleOf } from '@hengji/procedure/tables';
import { PUBLISHED_CALENDAR } from '@hengji/province';
import { deadlinesVisibleTo, limitTable } from './deadline';
import { REGISTERED } from '../province-data/parameter';
import { REGISTRY, ruleOf } from './registry';
import type { DeadlineRule } from './rule';

const LIMITS = limitTable({ calendar: () => PUBLISHED_CALENDAR, amounts: REGISTERED });

// Rules §7.10, row by row, as in the rules: code, amount, unit.
const RULES = `
D-SEED-START 15 day | D-SEED-REPORT on 2024-10-15 | D-FIL-CORRECT 5 workingDay | D-FIL-REVIEW 20 workingDay | D-FIL-PUBLICITY 5 workingDay
D-FIL-VALID 3 year | D-FIL-RENEW 30 day | D-PLAN-LEAD 7 workingDay | D-RESULT-EMP 10 workingDay | D-RESULT-SOC 5 workingDay
D-RESULT-CHECK 5 workingDay | D-SCORE-PUBLICITY 5 workingDay | D-CERT-REPORT 10 workingDay | D-ARCHIVE-PAPER 3 year | D-ARCHIVE-ELEC 5 year
D-RANDOM-PUBLISH 20 workingDay | D-PETITION-ACCEPT 15 day | D-PETITION-FINISH 60 day | D-PETITION-EXTEND 30 day | D-SAMR-ACCEPT 7 workingDay
D-SAMR-MEDIATE 45 workingDay | D-SAMR-VERIFY 15 workingDay | D-SIFUND-EXAMINE 5 workingDay | D-SIFUND-TELL 10 workingDay
D-PEN-EVIDENCE 7 workingDay | D-PEN-HEARING-ASK 5 workingDay | D-PEN-HEARING-NOTICE 7 workingDay | D-PEN-DECIDE 90 day | D-PEN-SERVE 7 workingDay
D-PEN-PAY 15 day | D-PEN-LIMIT 2 year | D-PEN-WITHDRAW-PUB 3 workingDay | D-TRANSFER-APPROVE 3 day | D-TRANSFER-SEND 24 hour
D-TRANSFER-RECEIPT-FWD 24 hour | D-TRANSFER-DECIDE 3 day | D-TRANSFER-RECONSIDER 3 day | D-TRANSFER-RECON-DECIDE 3 day | D-TRANSFER-PROSEC 3 day
D-TRANSFER-EXHIBIT 3 day | D-RECON 60 day | D-LITIG 6 month | D-LITIG-AFTER 15 day | D-ENFORCE-DEMAND 10 day | D-ENFORCE-APPLY 3 month
D-NOTICE-PUBLIC 30 day | D-SUBSIDY-APPLY 12 month | D-PIA-KEEP 3 year | D-LOG-KEEP 6 month`
  .split(/[|\n]/)
  .map((row) => row.trim().split(' '))
  .filter(([code]) => code !== '');

const rows = Object.entries<DeadlineRule>(REGISTRY);
const BEFORE = ['D-FIL-RENEW', 'D-PLAN-LEAD', 'D-PEN-HEARING-NOTICE'];

describe('the registry', () => {
  it.each(RULES)('%s: %s %s', (code = '', amount = '', unit = '') => {
    const rule = ruleOf(code);
    if (amount === 'on') expect(rule.on).toBe(unit);
    else expect({ amount: rule.limit?.amount, unit: rule.limit?.unit }).toEqual({ amount: Number(amount), unit });
    expect(rule.limit?.before ?? false).toBe(BEFORE.includes(code));
  });

  it('has in addition only limits that the rules leave to the system', () => {
    const known = new Set(RULES.map(([code]) => code));
    expect(rows.map(([code]) => code).filter((code) => !known.has(code))).toEqual([
      'D-RECON-ANSWER',
      'D-LITIG-ANSWER',
      'D-APPEAL',
      'D-CASE-REPLY',
      'D-DECISION-PUBLIC',
      'D-RECTIFY',
      'D-RECTIFY-CHECK',
      'D-FOLLOW-CANDIDATES',
      'D-FOLLOW-ARCHIVES',
      'D-FOLLOW-FEES',
      'D-FOLLOW-REGISTERS',
    ]);
  });

  it.each(rows)('%s names its start and its ground', (_, rule) => {
    expect(rule.title).toMatch(/\p{Script=Han}/u);
    expect(rule.trigger).toMatch(/\p{Script=Han}/u);
    expect(rule.basis).toMatch(/\p{Script=Han}/u);
    if (rule.on !== undefined) expect(isDay(rule.on)).toBe(true);
  });

  it('refuses an unknown code', () => expect(() => ruleOf('toString')).toThrow('has no toString'));
});

describe('a running deadline', () => {
  const at = (text: string): Date => new Date(text);
  const start = (code: string, startedAt = at('2026-11-23T02:00:00Z'), day = '') =>
    startLimit(LIMITS, { id: 'd', code, institution: 'I', fileId: 'c', about: '', authority: '2101', startedAt }, day);

  it.each(rows.filter(([, { limit, on }]) => limit && !limit.before && !on))('%s nears after its start and not after its end', (code) => {
    const { startedAt, nearingAt, dueAt } = start(code);
    expect(startedAt.getTime()).toBeLessThanOrEqual(nearingAt.getTime());
    expect(nearingAt.getTime()).toBeLessThan(dueAt.getTime());
  });

  it('nears, then passes, each once; it is in time until the end of its last moment', () => {
    const running = start('D-PEN-SERVE');
    expect(tick(LIMITS, running, at('2026-11-30T15:59:00Z'))).toBe(running);
    const near = tick(LIMITS, running, at('2026-11-30T16:00:00Z'));
    expect([near.state, nextLook(LIMITS, near)]).toEqual(['NEARING', at('2026-12-02T16:00:00.000Z')]);
    expect(tick(LIMITS, near, running.dueAt)).toBe(near);
    const passed = tick(LIMITS, near, at('2026-12-02T16:00:00.000Z'));
    expect([passed.state, nextLook(LIMITS, passed)]).toEqual(['PASSED', null]);
    expect(tick(LIMITS, passed, at('2030-01-01T00:00:00Z'))).toBe(passed);
  });

  it('goes straight to passed if there was no check in between', () =>
    expect(tick(LIMITS, start('D-TRANSFER-SEND'), at('2026-11-24T02:00:00.001Z')).state).toBe('PASSED'));

  it('stays on the board if an authority owes it, and not if a party missed it', () => {
    expect(isOpen(LIMITS, { code: 'D-PEN-SERVE', state: 'PASSED' })).toBe(true);
    expect(isOpen(LIMITS, { code: 'D-RECON', state: 'PASSED' })).toBe(false);
    expect(isOpen(LIMITS, { code: 'D-PEN-SERVE', state: 'MET' })).toBe(false);
  });

  it('ends on the day that the order names', () => {
    expect(start('D-RECTIFY', undefined, '2026-12-31').dueAt).toEqual(at('2026-12-31T15:59:59.999Z'));
    expect(() => start('D-RECTIFY')).toThrow('started with a day');
  });

  it('states that its end is provisional', () => {
    expect(titleOf(LIMITS, start('D-RECON'))).toContain('暂按法定节假日计算');
    expect(titleOf(LIMITS, start('D-PEN-SERVE'))).toBe('送达决定书');
  });

  it('is shown to the institution that it concerns', () => {
    const actor = { officerId: 'p', role: 'INSTITUTION' as const, authority: '', institution: 'I' };
    expect(deadlinesVisibleTo(actor, { institution: 'I', issuedOnly: true })).toEqual({ institution: 'I' });
    expect(deadlinesVisibleTo({ ...actor, institution: '' }, null)).toBeNull();
  });
});
