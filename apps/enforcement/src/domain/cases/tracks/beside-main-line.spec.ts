// The tracks beside the main line (fine, transfer), and the main line after the execution.
import {
  around,
  CHECKER,
  DECIDER,
  DRAFT,
  inState,
  INTERIM,
  OTHER,
  PARTY,
  REVIEWER,
  stepAsked,
  take,
  VERIFIER_A,
  VERIFIER_B,
} from '../../../../test/cases';
import { later, NOW, officer } from '../../../../test/orders';
import type { Case, CaseState } from '../case';
import { isOver } from '../record';
import { limitsOf } from '../steps';
import { decideFact, decideRecheck, decideStep } from '../take-step';

const DAY = 24 * 3_600_000;
const refusal = (reason: string) => expect.objectContaining({ reason });
const LATE = around({ now: later(60 * DAY) });

describe('tracks beside the main line', () => {
  it('a penalty is independent of the main line, and is decided no sooner than a decision could be', () => {
    const early = take(inState('FOUNDED'), 'OPEN_PENALTY', OTHER);
    expect(early).toMatchObject({ state: 'FOUNDED', penaltyTrack: 'open' });
    expect(() => take(early, 'OPEN_PENALTY', OTHER)).toThrow(refusal('case.illegal_move'));
    const closed = (state: CaseState, gate: string) =>
      expect(() => take({ ...inState(state), penaltyTrack: 'open' }, 'DECIDE_PENALTY', DECIDER, LATE)).toThrow(
        expect.objectContaining({ reason: 'case.gate_closed', detail: expect.objectContaining({ field: `gates.${gate}` }) }),
      );
    closed('FOUNDED', 'NOTICE_SERVED');
    closed('HEARING', 'REPLY_HEARD');
    closed('PROPOSED', 'LEGAL_CHECKED');
    const open: Case = { ...take(inState('LEGAL_CHECKED'), 'DISCUSS', VERIFIER_A), penaltyTrack: 'open' };
    expect(() => take(open, 'DECIDE_PENALTY', VERIFIER_A)).toThrow(refusal('case.same_person'));
    const bare = stepAsked('DECIDE_PENALTY', DECIDER, { attachmentIds: [] });
    expect(() => decideStep(open, bare, around())).toThrow(refusal('case.attachment_missing'));
    const replied = take(inState('NOTICE_SERVED'), 'REPLY', PARTY);
    const checked: Case = {
      ...take(take(take(replied, 'PROPOSE', VERIFIER_B), 'REVIEW', REVIEWER), 'LEGAL_CHECK', CHECKER),
      penaltyTrack: 'open',
    };
    expect(() => take(checked, 'DECIDE_PENALTY', DECIDER)).toThrow(refusal('case.too_early'));
    expect(take(open, 'DECIDE_PENALTY', DECIDER).penaltyTrack).toBe('decided');
  });

  it('an open penalty prevents closing, and is cancelled on record when the case ends without a decision', () => {
    const open = (state: CaseState): Case => ({ ...inState(state), penaltyTrack: 'open' });
    expect(() => take(open('RECHECK'), 'CLOSE', OTHER, { orders: [] })).toThrow(refusal('case.not_finished'));
    expect(take(open('HEARD'), 'DISMISS', OTHER)).toMatchObject({ state: 'DISMISSED', penaltyTrack: 'cancelled' });
    expect(take(open('HEARD'), 'FIND_UNFOUNDED', VERIFIER_A)).toMatchObject({ state: 'UNFOUNDED', penaltyTrack: 'cancelled' });
    expect(limitsOf(open('HEARD'), inState('DISMISSED'), 'DISMISS').cancels).toContain('D-PEN-DECIDE');
    expect([isOver(open('CLOSED')), isOver(inState('CLOSED'))]).toEqual([false, true]);
  });

  it('a transfer needs two reports and one approval, and records the answers', () => {
    const one = take(inState('FOUNDED'), 'REPORT_CRIME', VERIFIER_A);
    expect(one.transferTrack).toBe('none');
    expect(take(one, 'REPORT_CRIME', VERIFIER_A).transferTrack).toBe('none');
    const reported = take(one, 'REPORT_CRIME', VERIFIER_B);
    expect(reported.transferTrack).toBe('reported');
    expect(() => take(reported, 'APPROVE_TRANSFER', VERIFIER_A)).toThrow(refusal('case.same_person'));
    const refused = take(reported, 'REFUSE_TRANSFER', DECIDER);
    // After a refusal both officers report again.
    expect(take(refused, 'REPORT_CRIME', VERIFIER_A).transferTrack).toBe('refused');
    const sent: Case = { ...take(reported, 'APPROVE_TRANSFER', DECIDER), transferTrack: 'sent' };
    const rejected = decideFact(decideFact(sent, 'TRANSFER_RECEIVED', '', NOW), 'TRANSFER_REFUSED', '不属于犯罪', NOW);
    expect(rejected.transferTrack).toBe('rejected');
    const asked = take(rejected, 'ASK_RECONSIDERATION', OTHER);
    const accepted = decideFact(asked, 'TRANSFER_ACCEPTED', '', NOW);
    expect(take(accepted, 'HAND_OVER_EXHIBITS', OTHER).transferTrack).toBe('handed_over');
    expect(take(take(rejected, 'ASK_PROCURATORATE', OTHER), 'SUSPEND', OTHER)).toMatchObject({
      suspended: true,
      transferTrack: 'procuratorate',
    });
  });

  it('a late or repeated answer changes nothing; a suspension does not stop an answer', () => {
    const sent: Case = { ...take(inState('FOUNDED'), 'SUSPEND', OTHER), transferTrack: 'sent' };
    const received = decideFact(sent, 'TRANSFER_RECEIVED', '', NOW);
    expect(received.transferTrack).toBe('received');
    expect(decideFact(received, 'TRANSFER_RECEIVED', '', NOW)).toBe(received);
  });
});

describe('after the execution', () => {
  it('the case goes to the re-check with its last order, once', () => {
    const executing = inState('EXECUTING');
    expect(decideRecheck(executing, [{ ...DRAFT, state: 'EXECUTING' }], NOW)).toBe(executing);
    expect(decideRecheck(executing, [INTERIM], NOW)).toBe(executing);
    const recheck = decideRecheck(executing, [{ ...DRAFT, state: 'COMPLETED' }], NOW);
    expect(recheck.state).toBe('RECHECK');
    expect(decideRecheck(recheck, [{ ...DRAFT, state: 'LIFTED' }], NOW)).toBe(recheck);
    const suspended = take(executing, 'SUSPEND', OTHER);
    expect(decideRecheck(suspended, [{ ...DRAFT, state: 'LIFTED' }], NOW).state).toBe('RECHECK');
  });

  it('a decision is corrected before the execution, and its order lifted after it', () => {
    const before = take(inState('SERVED'), 'CORRECT', officer('x'));
    expect(before).toMatchObject({ state: 'HEARD', decision: null, decisionServedAt: null });
    const cancels = (state: CaseState) => limitsOf(inState(state), before, 'CORRECT').cancels;
    expect([cancels('DECIDED'), cancels('SERVED'), cancels('EXECUTING')]).toEqual([['D-PEN-SERVE'], ['D-RECON', 'D-LITIG'], []]);
    expect(take(inState('CLOSED'), 'CORRECT', officer('x'))).toMatchObject({ state: 'RECHECK', decision: { orderId: 'o1' } });
  });

  it('the application to the court needs the end of the remedies and of the ten days of the demand', () => {
    const limit = (code: string, state: string) => ({ code, state });
    const apply = (state: CaseState, ...limits: { code: string; state: string }[]) =>
      take(inState(state), 'APPLY_ENFORCEMENT', OTHER, { limits });
    const due = limit('D-ENFORCE-APPLY', 'RUNNING');
    expect(() => apply('CLOSED')).toThrow(refusal('case.illegal_move'));
    expect(() => apply('CLOSED', due, limit('D-ENFORCE-DEMAND', 'RUNNING'))).toThrow('催告书');
    for (const state of ['EXECUTING', 'RECHECK', 'CLOSED'] as const) {
      const after = apply(state, due, limit('D-ENFORCE-DEMAND', 'PASSED'));
      expect([after.state, limitsOf(inState(state), after, 'APPLY_ENFORCEMENT').meets]).toEqual([state, ['D-ENFORCE-APPLY']]);
    }
    expect(() => apply('DECIDED', due, limit('D-ENFORCE-DEMAND', 'PASSED'))).toThrow(refusal('case.illegal_move'));
  });

  it('the institution cannot reply before the notice', () => {
    expect(() => take(inState('FOUNDED'), 'REPLY', PARTY)).toThrow(refusal('case.illegal_move'));
  });
});
