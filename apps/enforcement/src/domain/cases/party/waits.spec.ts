import { calendarOf, PUBLISHED_YEARS } from '@hengji/province';
import {
  CALENDAR,
  inState,
  OTHER,
  PARTY,
  CHECKER,
  DECIDER,
  delivery,
  VERIFIER_B,
  take,
  stepAsked,
  around,
  HANDLER,
  REVIEWER,
} from '../../../../test/cases';
import { limitCalendar } from '../../deadlines/deadline';
import { REGISTERED } from '../../province-data/parameter';
import type { Case, CaseStep } from '../case';
import { decideStep } from '../take-step';
import { endsAfterLateEntry } from './late-entry';
import { replyLimitsAfter, servedFrom } from './waits';

// 2026-11-23 is a Monday, without holidays in the weeks after it.
const at = (day: string, time = '10:00'): Date => new Date(`2026-${day}T${time}:00+08:00`);
const served = (mode: 'IN_PERSON' | 'PUBLIC_NOTICE' = 'IN_PERSON'): Case => {
  const now = at('11-23', '23:50');
  const service = delivery({ mode, at: now, publishedIn: '《辽宁日报》', reason: '机构已经搬离，下落不明' });
  return decideStep(
    take(inState('FOUNDED'), 'ISSUE_NOTICE', HANDLER, { now }),
    stepAsked('SERVE_NOTICE', HANDLER, { service }),
    around({ now }),
  );
};
const tooEarly = (asked: () => unknown, day: string): void =>
  expect(asked).toThrow(expect.objectContaining({ reason: 'case.too_early', message: expect.stringContaining(day) }));

describe('three working days to reply', () => {
  it.each([
    ['11-23', '23:59', false],
    ['11-25', '10:00', false],
    ['11-26', '23:59', false],
    ['11-27', '00:00', true],
  ])('%s %s: over %s', (day, time, isOver) => {
    const close = () => take(served(), 'CLOSE_REPLY', HANDLER, { now: at(day, time) });
    if (isOver) expect(close().state).toBe('HEARD');
    else tooEarly(close, '2026-11-26');
  });

  it('are counted from the end of the public notice', () => {
    expect(servedFrom({ mode: 'PUBLIC_NOTICE', at: at('11-23') }, { calendar: CALENDAR })).toEqual(new Date('2026-12-23T15:59:59.999Z'));
    tooEarly(() => take(served('PUBLIC_NOTICE'), 'CLOSE_REPLY', HANDLER, { now: at('12-28') }), '2026-12-28');
    expect(take(served('PUBLIC_NOTICE'), 'CLOSE_REPLY', HANDLER, { now: at('12-29') }).state).toBe('HEARD');
  });

  it('do not bind the institution itself', () => {
    expect(take(served(), 'REPLY', PARTY, { now: at('11-24') }).state).toBe('HEARD');
    expect(take(served(), 'WAIVE_REPLY', PARTY, { now: at('11-24') }).state).toBe('HEARD');
  });
});

describe('a suspension', () => {
  const suspended = (from: string, until: string): Case =>
    take(take(served(), 'SUSPEND', OTHER, { now: at(from) }), 'RESUME', OTHER, { now: at(until) });

  it('does not stop the institution from replying', () => {
    const still = take(served(), 'SUSPEND', OTHER, { now: at('11-24') });
    expect(take(still, 'REPLY', PARTY, { now: at('11-25') })).toMatchObject({ state: 'HEARD', suspended: true });
    expect(take(still, 'WAIVE_REPLY', PARTY, { now: at('11-25') }).state).toBe('HEARD');
    // The suspension also stops its time to ask for a hearing.
    expect(take(still, 'REQUEST_HEARING', PARTY, { now: at('12-29') }).state).toBe('HEARING');
  });

  it('uses up none of its days: the remaining days follow', () => {
    // The suspension touches 24 and 25 November; 26, 27 and 30 are the three days.
    const case1 = suspended('11-24', '11-25');
    tooEarly(() => take(case1, 'CLOSE_REPLY', HANDLER, { now: at('11-30', '23:59') }), '2026-11-30');
    expect(take(case1, 'CLOSE_REPLY', HANDLER, { now: at('12-01', '00:00') }).state).toBe('HEARD');
    const case2 = suspended('11-24', '12-30');
    tooEarly(() => take(case2, 'CLOSE_REPLY', HANDLER, { now: at('12-31') }), '2027-01-05');
    expect(replyLimitsAfter(case1, CALENDAR)).toEqual([
      { code: 'D-CASE-REPLY', day: '2026-11-30' },
      { code: 'D-PEN-HEARING-ASK', day: '2026-12-02' },
    ]);
  });

  it('runs in a year that is not announced, and ends by the days of that year after the announcement', () => {
    const case2 = suspended('11-24', '12-30');
    const january = new Date('2027-01-20T02:00:00Z');
    tooEarly(() => take(case2, 'CLOSE_REPLY', HANDLER, { now: january }), '暂计至2027-01-05届满');
    const year = { jurisdiction: 'CN', year: 2027, version: 1, off: [['2027-01-01', '2027-01-05']] as const, worked: [], source: '通知' };
    const calendar = limitCalendar(calendarOf([...PUBLISHED_YEARS, year]), REGISTERED, '2101');
    const close = (now: Date) => take(case2, 'CLOSE_REPLY', HANDLER, { now, calendar });
    tooEarly(() => close(new Date('2027-01-07T15:59:00Z')), '至2027-01-07届满');
    expect(close(january).state).toBe('HEARD');
  });

  it('after the days have run out gives none back', () => {
    expect(take(suspended('12-07', '12-08'), 'CLOSE_REPLY', HANDLER, { now: at('12-08') }).state).toBe('HEARD');
  });
});

describe('a service that is entered on a later day', () => {
  /** Issued and served on Monday the 23rd, entered on Friday the 27th. */
  const entered = (day = '11-27', time = '12:00'): Case => {
    const issued = take(inState('FOUNDED'), 'ISSUE_NOTICE', HANDLER, { now: at('11-23') });
    const service = delivery({ at: at('11-23', '11:00') });
    return decideStep(issued, stepAsked('SERVE_NOTICE', HANDLER, { service }), around({ now: at(day, time) }));
  };

  it('leaves the institution all its days to reply, counted from the entry', () => {
    expect(entered().noticeServedAt).toEqual(at('11-23', '11:00'));
    tooEarly(() => take(entered(), 'CLOSE_REPLY', HANDLER, { now: at('12-02', '23:59') }), '2026-12-02');
    expect(take(entered(), 'CLOSE_REPLY', HANDLER, { now: at('12-03', '00:00') }).state).toBe('HEARD');
    tooEarly(() => take(entered('11-23'), 'CLOSE_REPLY', HANDLER, { now: at('11-26') }), '2026-11-26');
  });

  it('leaves it all its days to ask for a hearing, and the decision waits for them', () => {
    const ask = (day: string) => take(entered(), 'REQUEST_HEARING', PARTY, { now: at(day) }).state;
    expect(ask('12-04')).toBe('HEARING');
    expect(() => ask('12-05')).toThrow(expect.objectContaining({ reason: 'case.too_late' }));
    const heard = take(entered(), 'CLOSE_REPLY', HANDLER, { now: at('12-03') });
    const checked = [['PROPOSE', VERIFIER_B] as const, ['REVIEW', REVIEWER] as const, ['LEGAL_CHECK', CHECKER] as const].reduce(
      (so, [step, actor]) => take(so, step, actor, { now: at('12-03') }),
      heard,
    );
    tooEarly(() => take(checked, 'DECIDE', DECIDER, { now: at('12-04') }), '2026-12-04');
    expect(take(checked, 'DECIDE', DECIDER, { now: at('12-05') }).state).toBe('DECIDED');
  });

  it('moves the ends of the limits that it starts, and only those', () => {
    const moment = { now: at('11-27'), calendar: CALENDAR };
    expect(endsAfterLateEntry(entered(), 'SERVE_NOTICE', moment)).toEqual([
      { code: 'D-CASE-REPLY', day: '2026-12-02' },
      { code: 'D-PEN-HEARING-ASK', day: '2026-12-04' },
    ]);
    expect(endsAfterLateEntry(entered('11-23'), 'SERVE_NOTICE', { ...moment, now: at('11-23', '12:00') })).toEqual([]);
    expect(endsAfterLateEntry(entered(), 'CLOSE_REPLY', moment)).toEqual([]);
    const decided = { ...inState('SERVED'), decisionServedAt: at('11-23') };
    expect(endsAfterLateEntry(decided, 'SERVE_DECISION', moment)).toEqual([
      { code: 'D-RECON', day: '2027-01-26' },
      { code: 'D-LITIG', day: '2027-05-27' },
    ]);
    expect(endsAfterLateEntry(decided, 'SERVE_DECISION', { ...moment, now: at('11-23', '23:59') })).toEqual([]);
  });
});

describe('a hearing', () => {
  const ask = (theCase: Case, day: string): Case => take(theCase, 'REQUEST_HEARING', PARTY, { now: at(day) });
  const notified = (theCase: Case, asked: string, day = asked): Case =>
    take(ask(theCase, asked), 'NOTIFY_HEARING', HANDLER, { now: at(day) });
  const checked = (theCase: Case): Case =>
    (
      [
        ['PROPOSE', VERIFIER_B],
        ['REVIEW', REVIEWER],
        ['LEGAL_CHECK', CHECKER],
      ] as const
    ).reduce((so, [step, actor]) => take(so, step, actor), theCase);

  it.each(['11-23', '11-30'])('can be requested within five working days: %s', (day) => expect(ask(served(), day).state).toBe('HEARING'));

  it('is refused on the sixth day, after a waiver, and after it was held', () => {
    const late = expect.objectContaining({ reason: 'case.too_late' });
    expect(() => ask(served(), '12-01')).toThrow(late);
    expect(() => ask(take(served(), 'WAIVE_REPLY', PARTY), '11-24')).toThrow(late);
    const held = take(notified(served(), '11-24'), 'RECORD_HEARING', OTHER, { now: at('12-04') });
    expect(() => ask(held, '11-30')).toThrow(late);
  });

  it('is held at the earliest seven working days after the institution was notified of it', () => {
    expect(() => take(ask(served(), '11-24'), 'RECORD_HEARING', OTHER, { now: at('12-29') })).toThrow(
      expect.objectContaining({ reason: 'case.illegal_move', message: expect.stringContaining('通知') }),
    );
    const told = notified(served(), '11-24', '11-26');
    tooEarly(() => take(told, 'RECORD_HEARING', OTHER, { now: at('12-07') }), '2026-12-07');
    expect(take(told, 'RECORD_HEARING', OTHER, { now: at('12-08') }).state).toBe('HEARD');
  });

  it.each<CaseStep>(['REPLY', 'CLOSE_REPLY'])('can still be requested after %s, and the decision waits for it', (step) => {
    const heard = take(served(), step, step === 'REPLY' ? PARTY : HANDLER, { now: at('11-27') });
    tooEarly(() => take(checked(heard), 'DECIDE', DECIDER, { now: at('11-30') }), '2026-11-30');
    expect(ask(checked(heard), '11-30').state).toBe('HEARING');
    expect(take(checked(heard), 'DECIDE', DECIDER, { now: at('12-01') }).state).toBe('DECIDED');
  });

  it('does not delay a decision after its record', () => {
    const held = take(notified(served(), '11-23'), 'RECORD_HEARING', OTHER, { now: at('12-03') });
    expect(take(checked(held), 'DECIDE', DECIDER, { now: at('12-03') }).state).toBe('DECIDED');
  });
});
