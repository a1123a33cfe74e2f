// Random histories: many people try many steps in any sequence. After each history, the record must show that every signature
// had all legal conditions before it, and that nobody held two parts. This spec reads the record with its own plain rules, not
// with the tables that guard the steps.
import { attachmentsAt, CALENDAR, delivery, DRAFT, INTERIM, opened, PARTY, stated, stepAsked, TRANSFER } from '../../../test/cases';
import { NOW, officer } from '../../../test/orders';
import type { Actor } from '../competence';
import { dayOf, Refusal } from '@hengji/domain-kit';
import { withIssued } from '@hengji/procedure/tables';
import { addWorkingDays, PUBLISHED_CALENDAR } from '@hengji/province';
import { DOCUMENTS } from '../documents/templates';
import { CASE_STEPS, ORDER_KINDS, type Case, type CaseEntry, type CaseStep, type OrderOfCase } from './case';
import { decideExecute } from './gates';
import { ruleOf } from './steps';
import { allowedSteps, decideFact, decideRecheck, decideStep } from './take-step';
import type { CaseTerms, Surroundings } from './terms';
import { isNoticeIssued } from './waiting';

const WALKS = 300;
const TRIES = 360;

/** mulberry32: the same seed gives the same walk. */
const randomOf = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
};

const HEADS: readonly Actor[] = ['g', 'h'].map((name) => officer(name, '2101', 'HEAD'));
const REVIEWERS: readonly Actor[] = ['i'].map((name) => officer(name, '2101', 'DEPARTMENT_HEAD'));
const PEOPLE: readonly Actor[] = [...'abcd']
  .map((name) => officer(name))
  .concat(HEADS, REVIEWERS, officer('p', 'LN'), officer('stranger', '2102', 'HEAD'), PARTY);
/** The officers that the walks name: three of those without a post. */
const NAMED = ['a', 'b', 'c'];
const KNOWN = [...'abcdghi'].map((id) => ({ id, name: '' }));
/** Steps that end or break a walk; a walk stays with its city. */
const RARE: readonly CaseStep[] = [
  ...(['DISMISS', 'FIND_UNFOUNDED', 'SUSPEND', 'REQUEST_HEARING', 'CORRECT', 'RETURN_PROPOSAL', 'RETURN_REVIEW'] as const),
  ...(['RETURN_DECISION', 'TAKE_OVER', 'ASK_TAKE_OVER', 'DESIGNATE', 'NAME_OFFICERS'] as const),
  ...(['AMEND_NOTICE', 'WITHDRAW_NOTICE'] as const),
  ...(['DECLARE_INTEREST', 'ASK_RECUSAL', 'GRANT_RECUSAL', 'REFUSE_RECUSAL'] as const),
];
const FACTS: readonly CaseStep[] = ['TRANSFER_RECEIVED', 'TRANSFER_ACCEPTED', 'TRANSFER_REFUSED'];

const lastOf = (record: readonly CaseEntry[], steps: readonly CaseStep[]): CaseEntry | undefined =>
  record.findLast(({ step }) => steps.includes(step));
const numberOf = (record: readonly CaseEntry[], ...steps: CaseStep[]): number => lastOf(record, steps)?.number ?? 0;

interface Walk {
  theCase: Case;
  orders: OrderOfCase[];
  now: Date;
  signed: { order: OrderOfCase; record: readonly CaseEntry[]; at: Date; by: string }[];
}

const walkOf = (seed: number): Walk => {
  const random = randomOf(seed);
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const walk: Walk = { theCase: opened(), orders: [DRAFT, INTERIM, TRANSFER], now: NOW, signed: [] };

  /** Offered steps that a walk leaves out: steps that end or break it, and a second notice of a hearing, which postpones the hearing. */
  const isIdle = (name: CaseStep): boolean => {
    const { entries } = walk.theCase;
    const isNotified = numberOf(entries, 'NOTIFY_HEARING') > numberOf(entries, 'REQUEST_HEARING');
    return RARE.includes(name) || (name === 'NOTIFY_HEARING' && isNotified) || (name === 'ISSUE_NOTICE' && isNoticeIssued(walk.theCase));
  };

  /** Documents are served at the time of the step. */
  const askedOf = (name: CaseStep, actor: Actor) =>
    stepAsked(name, actor, {
      particulars: stated(name, actor, walk.now),
      ...{ officerIds: NAMED, counterpart: '2101' },
      ...(ruleOf(name).serves ? { service: delivery({ at: walk.now }) } : {}),
    });

  const step = (): void => {
    const actor = one(PEOPLE);
    const around: Surroundings = {
      orders: walk.orders,
      leftToDo: [],
      limits: [],
      attachments: attachmentsAt(walk.now),
      recused: [],
      known: KNOWN,
      now: walk.now,
      calendar: CALENDAR,
    };
    // Most tries take an offered step, so that walks make progress; the others take any step.
    const offered = random() < 0.7 ? allowedSteps(walk.theCase, actor, around).filter((name) => !isIdle(name)) : [];
    const name = offered.length > 0 ? one(offered) : one(CASE_STEPS);
    const next = decideStep(walk.theCase, askedOf(name, actor), around);
    const { issues: kind } = ruleOf(name);
    walk.theCase = kind ? withIssued<CaseTerms>(DOCUMENTS, next, { id: `d${next.entries.length}`, kind, number: `n${seed}` }) : next;
  };

  const sign = (): void => {
    const order = one(walk.orders);
    if (order.state !== 'PREVIEWED') return;
    const actor = one(PEOPLE.filter(({ role }) => role !== 'INSTITUTION'));
    const record = walk.theCase.entries;
    walk.theCase = decideExecute(walk.theCase, { order, actor, byName: '', now: walk.now });
    walk.signed.push({ order, record, at: walk.now, by: actor.officerId });
    walk.orders = walk.orders.map((other) => (other === order ? { ...other, state: 'EXECUTING' } : other));
  };

  const carryOut = (): void => {
    walk.orders = walk.orders.map((order) => (order.state === 'EXECUTING' ? { ...order, state: one(['COMPLETED', 'LIFTED']) } : order));
    walk.theCase = decideFact(decideRecheck(walk.theCase, walk.orders, walk.now), one(FACTS), '', walk.now);
  };

  for (let i = 0; i < TRIES; i += 1) {
    const dice = random();
    try {
      if (dice < 0.1) walk.now = new Date(walk.now.getTime() + random() * 6 * 24 * 3_600_000);
      else if (dice < 0.25) sign();
      else if (dice < 0.3) carryOut();
      else step();
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
    }
  }
  return walk;
};

const walks = Array.from({ length: WALKS }, (_, seed) => walkOf(seed + 1));
const signedOf = (kind: OrderOfCase['kind']) => walks.flatMap(({ signed }) => signed.filter(({ order }) => order.kind === kind));

const PARTS: readonly (readonly CaseStep[])[] = [
  ['VERIFY', 'FIND_FOUNDED', 'FIND_UNFOUNDED', 'REPORT_CRIME'],
  ['REVIEW', 'RETURN_REVIEW'],
  ['LEGAL_CHECK', 'RETURN_PROPOSAL'],
  ['DECIDE', 'EXECUTE', 'APPROVE_TRANSFER', 'REFUSE_TRANSFER', 'DECIDE_PENALTY', 'RETURN_DECISION'],
];

const isSuspended = (record: readonly CaseEntry[]): boolean => lastOf(record, ['SUSPEND', 'RESUME'])?.step === 'SUSPEND';
const verifiersBefore = (record: readonly CaseEntry[], until: number): number =>
  new Set(record.filter(({ step, number }) => step === 'VERIFY' && number < until).map(({ by }) => by)).size;

/** Full working days after the notice and before this moment on which the case was not suspended. */
const daysHad = (record: readonly CaseEntry[], now: Date): number => {
  const notice = lastOf(record, ['SERVE_NOTICE']);
  if (!notice) return 0;
  let count = 0;
  for (
    let day = addWorkingDays(PUBLISHED_CALENDAR, dayOf(notice.at), 1);
    day < dayOf(now);
    day = addWorkingDays(PUBLISHED_CALENDAR, day, 1)
  ) {
    const until = record.filter(({ at }) => dayOf(at) < day);
    const isTouched = record.some(({ step, at }) => (step === 'SUSPEND' || step === 'RESUME') && dayOf(at) === day);
    if (!isTouched && !isSuspended(until)) count += 1;
  }
  return count;
};

describe(`${WALKS} random histories`, () => {
  it('reach every kind of end: orders of every kind are signed, cases are closed', () => {
    for (const kind of ORDER_KINDS) expect(signedOf(kind).length).toBeGreaterThan(15);
    expect(walks.some(({ theCase }) => theCase.state === 'CLOSED')).toBe(true);
    expect(walks.some(({ theCase }) => theCase.entries.some(({ step }) => step === 'RECORD_HEARING'))).toBe(true);
  });

  it('nobody holds two of the three parts', () => {
    for (const { theCase } of walks) {
      for (const person of new Set(theCase.entries.map(({ by }) => by))) {
        if (person === 'system') continue;
        const mine = theCase.entries.filter(({ by }) => by === person).map(({ step }) => step);
        expect(PARTS.filter((part) => part.some((step) => mine.includes(step))).length).toBeLessThanOrEqual(1);
      }
      expect(theCase.entries.filter(({ by }) => by === 'stranger' || by === 'p')).toEqual([]);
    }
  });

  it('a final order was signed by the decider, after all steps that must come before it, in sequence', () => {
    for (const { record, by, at } of signedOf('final')) {
      const found = numberOf(record, 'FIND_FOUNDED');
      const chain = [
        found,
        numberOf(record, 'SERVE_NOTICE'),
        numberOf(record, 'REPLY', 'WAIVE_REPLY', 'CLOSE_REPLY', 'RECORD_HEARING'),
        numberOf(record, 'PROPOSE'),
        numberOf(record, 'REVIEW'),
        numberOf(record, 'LEGAL_CHECK'),
        numberOf(record, 'DECIDE'),
        numberOf(record, 'SERVE_DECISION'),
        numberOf(record, 'PUBLISH'),
      ];
      expect(chain.every((number) => number > 0)).toBe(true);
      expect(chain).toEqual([...chain].sort((a, b) => a - b));
      expect(verifiersBefore(record, found)).toBeGreaterThanOrEqual(2);
      // No step returned the proposal, and the order did not wait for a criminal court.
      expect(numberOf(record, 'RETURN_PROPOSAL', 'REQUEST_HEARING')).toBeLessThan(chain[3] ?? 0);
      expect(numberOf(record, 'CORRECT')).toBeLessThan(chain[6] ?? 0);
      expect(isSuspended(record)).toBe(false);
      expect(lastOf(record, ['DECIDE'])?.by).toBe(by);
      expect(at >= (lastOf(record, ['PUBLISH'])?.at ?? at)).toBe(true);
    }
  });

  it('the institution had its days without suspension: three to reply, five to ask for a hearing, unless it waived them', () => {
    for (const { theCase } of walks) {
      for (const entry of theCase.entries) {
        const before = theCase.entries.slice(0, entry.number - 1);
        const sinceNotice = before.slice(numberOf(before, 'SERVE_NOTICE')).map(({ step }) => step);
        const isGivenUp = sinceNotice.includes('WAIVE_REPLY') || sinceNotice.includes('RECORD_HEARING');
        if (entry.step === 'CLOSE_REPLY') expect(daysHad(before, entry.at)).toBeGreaterThanOrEqual(3);
        if (['DECIDE', 'DECIDE_PENALTY'].includes(entry.step) && !isGivenUp) expect(daysHad(before, entry.at)).toBeGreaterThanOrEqual(5);
      }
    }
  });

  it('an interim stop was signed after two verifications, a transfer after an approved report by two officers', () => {
    for (const { record } of signedOf('interim')) {
      expect(verifiersBefore(record, numberOf(record, 'FIND_FOUNDED'))).toBeGreaterThanOrEqual(2);
      expect(isSuspended(record)).toBe(false);
    }
    for (const { record, by } of signedOf('transfer')) {
      const approval = lastOf(record, ['APPROVE_TRANSFER', 'REFUSE_TRANSFER']);
      expect(approval).toMatchObject({ step: 'APPROVE_TRANSFER', by });
      const reporters = record.filter(({ step, number }) => step === 'REPORT_CRIME' && number < (approval?.number ?? 0));
      expect(new Set(reporters.map((entry) => entry.by)).size).toBeGreaterThanOrEqual(2);
    }
  });
});
