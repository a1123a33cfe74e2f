// The limits of a fine: no fine after the time from the end of the act, its payment after its service; and registered evidence.
import { around, CALENDAR, DECIDER, HANDLER, inState, OTHER, stepAsked, take, VERIFIER_A } from '../../../../test/cases';
import { NOW } from '../../../../test/orders';
import type { Case, CaseStep } from '../case';
import { limitsOf } from '../steps';
import { allowedSteps, decideStep } from '../take-step';
import { actEndOf } from './act-end';

const refusal = (reason: string) => expect.objectContaining({ reason });
const ended = (endedOn: string, change = {}) => ({ endedOn, continues: false, grave: false, ...change });
const at = { now: NOW, calendar: CALENDAR };

describe('a fine', () => {
  // NOW is 2026-11-23 in Shanghai, a Monday; 2024-11-23 + 2 years is that day.
  it.each([
    ['two years, on the last day', ended('2024-11-23')],
    ['five years where life, health or finance is concerned', ended('2021-11-23', { grave: true })],
    ['an act that continues', ended('', { continues: true })],
    ['an act that ended today', ended('2026-11-23')],
  ])('may be opened: %s', (_, actEnd) => expect(actEndOf(actEnd, at)).toEqual(actEnd));

  it.each([
    ['case.penalty_barred', ended('2024-11-20')],
    ['case.penalty_barred', ended('2021-11-19', { grave: true })],
    ['case.act_end_missing', null],
    ['case.act_end_missing', ended('')],
    ['case.act_end_missing', ended('2024-11-23', { continues: true })],
    ['case.act_end_missing', ended('2026-11-24')],
    ['case.act_end_missing', ended('2024-02-30')],
  ])('is refused %s: %j', (reason, actEnd) => expect(() => actEndOf(actEnd, at)).toThrow(refusal(reason)));

  it('is opened with the end of the act in the case; the measures of the case are not barred', () => {
    const open = (actEnd: ReturnType<typeof ended>) =>
      decideStep(inState('FOUNDED'), stepAsked('OPEN_PENALTY', OTHER, { actEnd }), around());
    expect(open(ended('2026-01-05'))).toMatchObject({ penaltyTrack: 'open', actEnd: ended('2026-01-05') });
    expect(() => open(ended('2020-01-05'))).toThrow(refusal('case.penalty_barred'));
    expect(allowedSteps(inState('HEARD'), HANDLER, around())).toContain('PROPOSE');
  });

  it('is served, then paid, each once; its fifteen days start with the service', () => {
    const decided: Case = { ...inState('EXECUTING'), penaltyTrack: 'decided' };
    const steps = (theCase: Case): CaseStep[] => allowedSteps(theCase, HANDLER, around()).filter((step) => /PENALTY|PAYMENT/.test(step));
    expect(steps(decided)).toEqual(['SERVE_PENALTY']);
    const served = take(decided, 'SERVE_PENALTY', HANDLER);
    expect([steps(served), limitsOf(decided, served, 'SERVE_PENALTY').starts]).toEqual([['RECORD_PAYMENT'], ['D-PEN-PAY']]);
    const paid = take(served, 'RECORD_PAYMENT', HANDLER);
    expect([steps(paid), limitsOf(served, paid, 'RECORD_PAYMENT').meets]).toEqual([[], ['D-PEN-PAY']]);
    const bare = (theCase: Case, step: CaseStep) => () => decideStep(theCase, stepAsked(step, HANDLER, { attachmentIds: [] }), around());
    expect(bare(decided, 'SERVE_PENALTY')).toThrow(refusal('case.attachment_missing'));
    expect(bare(served, 'RECORD_PAYMENT')).toThrow(refusal('case.attachment_missing'));
  });
});

describe('registered evidence', () => {
  it('is registered with its list while the facts are investigated, and settled once', () => {
    const verifying = inState('VERIFYING');
    const registered = take(verifying, 'REGISTER_EVIDENCE', VERIFIER_A);
    expect(limitsOf(verifying, registered, 'REGISTER_EVIDENCE').starts).toEqual(['D-PEN-EVIDENCE']);
    expect(registered.state).toBe('VERIFYING');
    expect(() => take(registered, 'REGISTER_EVIDENCE', VERIFIER_A)).toThrow(refusal('case.illegal_move'));
    const settled = take(registered, 'SETTLE_EVIDENCE', VERIFIER_A);
    expect(limitsOf(registered, settled, 'SETTLE_EVIDENCE').meets).toEqual(['D-PEN-EVIDENCE']);
    expect(() => take(settled, 'SETTLE_EVIDENCE', VERIFIER_A)).toThrow(refusal('case.illegal_move'));
    expect(take(settled, 'REGISTER_EVIDENCE', VERIFIER_A).entries.at(-1)?.step).toBe('REGISTER_EVIDENCE');
    const bare = stepAsked('REGISTER_EVIDENCE', VERIFIER_A, { attachmentIds: [] });
    expect(() => decideStep(verifying, bare, around())).toThrow(refusal('case.attachment_missing'));
  });

  it.each(['LEAD', 'PROPOSED', 'EXECUTING', 'CLOSED'] as const)('is not registered in %s', (state) =>
    expect(() => take(inState(state), 'REGISTER_EVIDENCE', DECIDER)).toThrow(refusal('case.illegal_move')),
  );
});
