// 国务院令310号 step by step: the next state, the limits that start and are met, the refusals; and that no fine replaces a
// transfer.
import { SYSTEM } from '@hengji/procedure/tables';
import { CALENDAR, CHECKER, DECIDER, inState, stepAsked, take, TRANSFER, VERIFIER_A, VERIFIER_B } from '../../../../test/cases';
import { NOW } from '../../../../test/orders';
import { checkDraftable, decideExecute } from '../gates';
import { isOver, EMPTY_COLUMNS } from '../record';
import type { Case, CaseStep } from '../case';
import { limitsOf } from '../steps';
import { decideFact, decideStep } from '../take-step';
import type { Surroundings } from '../terms';
import { isAnswerOf, isWithdrawal, packageOf } from './transfer-track';

const HOUR = 3_600_000;
const later = (hours: number): Date => new Date(NOW.getTime() + hours * HOUR);
const at = (hours: number): Partial<Surroundings> => ({ now: later(hours) });

const REPORTED = (): Case => take(take(inState('FOUNDED'), 'REPORT_CRIME', VERIFIER_A), 'REPORT_CRIME', VERIFIER_B);
const APPROVED = (): Case => take(REPORTED(), 'APPROVE_TRANSFER', DECIDER);
const SENT = (): Case => decideExecute(APPROVED(), { order: TRANSFER, actor: DECIDER, byName: '', now: NOW });
const RECEIVED = (): Case => decideFact(SENT(), 'TRANSFER_RECEIVED', '', NOW);
const REJECTED = (): Case => decideFact(RECEIVED(), 'TRANSFER_REFUSED', '', NOW);
const RECONSIDERING = (): Case => take(REJECTED(), 'ASK_RECONSIDERATION', VERIFIER_A);
const TWICE_REJECTED = (): Case => decideFact(RECONSIDERING(), 'TRANSFER_REFUSED', '', NOW);
const PROCURATORATE = (): Case => take(REJECTED(), 'ASK_PROCURATORATE', VERIFIER_A);
const ACCEPTED = (): Case => decideFact(RECEIVED(), 'TRANSFER_ACCEPTED', '', NOW);
const HANDED_OVER = (): Case => take(ACCEPTED(), 'HAND_OVER_EXHIBITS', VERIFIER_A);

const OFFICER_OF: Partial<Record<CaseStep, typeof DECIDER>> = { APPROVE_TRANSFER: DECIDER, REFUSE_TRANSFER: DECIDER };
const step = (before: Case, one: CaseStep): Case =>
  one.startsWith('TRANSFER_') ? decideFact(before, one, '', NOW) : take(before, one, OFFICER_OF[one] ?? VERIFIER_B);

it.each<[string, () => Case, CaseStep, string, string[], string[]]>([
  ['one report alone', () => inState('FOUNDED'), 'REPORT_CRIME', 'none', [], []],
  ['the second report', () => take(inState('FOUNDED'), 'REPORT_CRIME', VERIFIER_A), 'REPORT_CRIME', 'reported', ['D-TRANSFER-APPROVE'], []],
  ['approved', REPORTED, 'APPROVE_TRANSFER', 'approved', ['D-TRANSFER-SEND'], ['D-TRANSFER-APPROVE']],
  ['refused by the head', REPORTED, 'REFUSE_TRANSFER', 'refused', [], ['D-TRANSFER-APPROVE']],
  ['signed for', SENT, 'TRANSFER_RECEIVED', 'received', ['D-TRANSFER-DECIDE'], ['D-TRANSFER-RECEIPT-FWD']],
  ['filed', RECEIVED, 'TRANSFER_ACCEPTED', 'accepted', ['D-TRANSFER-EXHIBIT'], ['D-TRANSFER-DECIDE']],
  ['not filed', RECEIVED, 'TRANSFER_REFUSED', 'rejected', ['D-TRANSFER-RECONSIDER'], ['D-TRANSFER-DECIDE']],
  ['asked to reconsider', REJECTED, 'ASK_RECONSIDERATION', 'reconsidering', ['D-TRANSFER-RECON-DECIDE'], ['D-TRANSFER-RECONSIDER']],
  ['refused again', RECONSIDERING, 'TRANSFER_REFUSED', 'rejected', ['D-TRANSFER-PROSEC'], ['D-TRANSFER-RECON-DECIDE']],
  ['filed after all', RECONSIDERING, 'TRANSFER_ACCEPTED', 'accepted', ['D-TRANSFER-EXHIBIT'], ['D-TRANSFER-RECON-DECIDE']],
  ['the procuratorate is asked at once', REJECTED, 'ASK_PROCURATORATE', 'procuratorate', [], ['D-TRANSFER-RECONSIDER']],
  ['the procuratorate is asked in the end', TWICE_REJECTED, 'ASK_PROCURATORATE', 'procuratorate', [], ['D-TRANSFER-PROSEC']],
  ['refused while the procuratorate looks at it', PROCURATORATE, 'TRANSFER_REFUSED', 'procuratorate', [], ['D-TRANSFER-RECON-DECIDE']],
  ['filed for the procuratorate', PROCURATORATE, 'TRANSFER_ACCEPTED', 'accepted', ['D-TRANSFER-EXHIBIT'], []],
  ['exhibits handed over', ACCEPTED, 'HAND_OVER_EXHIBITS', 'handed_over', [], ['D-TRANSFER-EXHIBIT']],
])('%s: the track moves, limits start and are met', (_what, ...row) => {
  const [before, one, track, starts, meets] = row;
  const from = before();
  const after = step(from, one);
  const limits = limitsOf(from, after, one);
  expect([after.transferTrack, limits.starts]).toEqual([track, starts]);
  expect(limits.meets).toEqual(expect.arrayContaining(meets));
  expect(after.entries.at(-1)).toMatchObject({ step: one });
});

it('records an answer once, and never by a person', () => {
  const received = RECEIVED();
  expect(received.entries.at(-1)).toMatchObject({ step: 'TRANSFER_RECEIVED', by: SYSTEM });
  expect(decideFact(received, 'TRANSFER_RECEIVED', 'again', NOW)).toBe(received);
  expect(decideFact(APPROVED(), 'TRANSFER_ACCEPTED', 'of nothing sent', NOW)).toEqual(APPROVED());
});

const refusal = (before: Case, one: CaseStep, actor: typeof DECIDER, { now = NOW, attachmentIds = ['a1'] } = {}): unknown => {
  try {
    decideStep(before, stepAsked(one, actor, { attachmentIds }), {
      orders: [],
      leftToDo: [],
      limits: [],
      attachments: [],
      recused: [],
      now,
      calendar: CALENDAR,
    });
    return 'taken';
  } catch (refused) {
    return (refused as { reason: string }).reason;
  }
};

it('requires the report on file, a head who is neither reporter, and the list of the exhibits', () => {
  expect(refusal(inState('FOUNDED'), 'REPORT_CRIME', VERIFIER_A, { attachmentIds: [] })).toBe('case.attachment_missing');
  const one = take(inState('FOUNDED'), 'REPORT_CRIME', VERIFIER_A);
  expect(refusal(one, 'REPORT_CRIME', VERIFIER_B, { attachmentIds: [] })).toBe('taken');
  expect(refusal(one, 'APPROVE_TRANSFER', DECIDER)).toBe('case.illegal_move');
  expect(refusal(REPORTED(), 'APPROVE_TRANSFER', VERIFIER_A)).toBe('case.same_person');
  expect(refusal(ACCEPTED(), 'HAND_OVER_EXHIBITS', VERIFIER_A, { attachmentIds: [] })).toBe('case.attachment_missing');
});

it('requires a new report after the head refused', () => {
  const refused = take(REPORTED(), 'REFUSE_TRANSFER', DECIDER);
  expect(refusal(refused, 'REPORT_CRIME', VERIFIER_A, { attachmentIds: [] })).toBe('case.attachment_missing');
  expect(take(refused, 'REPORT_CRIME', VERIFIER_A).transferTrack).toBe('refused');
});

it('requests a reconsideration once, within three days, and can turn to the procuratorate later too', () => {
  expect(refusal(REJECTED(), 'ASK_RECONSIDERATION', VERIFIER_A, { now: later(2 * 24) })).toBe('taken');
  expect(refusal(REJECTED(), 'ASK_RECONSIDERATION', VERIFIER_A, { now: later(8 * 24) })).toBe('case.too_late');
  expect(refusal(REJECTED(), 'ASK_PROCURATORATE', VERIFIER_A, { now: later(8 * 24) })).toBe('taken');
  expect(refusal(TWICE_REJECTED(), 'ASK_RECONSIDERATION', VERIFIER_A)).toBe('case.asked_before');
});

describe('a fine in place of a transfer (§11)', () => {
  /** The state that a fine needs beside the transfer: notified, heard and checked. */
  const heard = (theCase: Case): Case => {
    const { state, noticeServedAt, entries } = take(inState('LEGAL_CHECKED'), 'DISCUSS', VERIFIER_A);
    const hearing = entries.filter(({ step: one }) => ['SERVE_NOTICE', 'WAIVE_REPLY', 'LEGAL_CHECK', 'DISCUSS'].includes(one));
    return { ...theCase, state, noticeServedAt, penaltyTrack: 'open', entries: [...hearing, ...theCase.entries] };
  };
  const fined = (theCase: Case): unknown => refusal(heard(theCase), 'DECIDE_PENALTY', DECIDER);

  it.each<[string, () => Case, string]>([
    ['nothing was reported', () => inState('FOUNDED'), 'taken'],
    ['one has reported', () => take(inState('FOUNDED'), 'REPORT_CRIME', VERIFIER_A), 'case.transfer_first'],
    ['it is reported', REPORTED, 'case.transfer_first'],
    ['the head refused', () => take(REPORTED(), 'REFUSE_TRANSFER', DECIDER), 'taken'],
    ['it is approved', APPROVED, 'case.transfer_first'],
    ['it is sent', SENT, 'case.transfer_first'],
    ['the police have it', RECEIVED, 'case.transfer_first'],
    ['the police returned it', REJECTED, 'taken'],
    ['they reconsider', RECONSIDERING, 'case.transfer_first'],
    ['the procuratorate looks at it', PROCURATORATE, 'case.transfer_first'],
    ['the police filed it', ACCEPTED, 'case.transfer_first'],
    ['exhibits are handed over', HANDED_OVER, 'case.transfer_first'],
    ['the criminal result is there', () => take(take(HANDED_OVER(), 'SUSPEND', CHECKER, at(1)), 'RESUME', CHECKER, at(2)), 'taken'],
    [
      'the suspension ended by word alone',
      () => {
        const resumed = take(take(HANDED_OVER(), 'SUSPEND', CHECKER, at(1)), 'RESUME', CHECKER, at(2));
        return { ...resumed, entries: resumed.entries.map((entry) => (entry.step === 'RESUME' ? { ...entry, attachmentIds: [] } : entry)) };
      },
      'case.transfer_first',
    ],
  ])('when %s: %s', (_what, theCase, expected) => expect(fined(theCase())).toBe(expected));
});

it('ends a suspension for a filed case only with the document of its criminal result; another suspension needs no document', () => {
  const resume = (before: Case): unknown =>
    refusal(take(before, 'SUSPEND', CHECKER, at(1)), 'RESUME', CHECKER, { now: later(2), attachmentIds: [] });
  expect(resume(ACCEPTED())).toBe('case.attachment_missing');
  expect(resume(HANDED_OVER())).toBe('case.attachment_missing');
  expect(resume(RECEIVED())).toBe('taken');
  expect(resume(inState('HEARD'))).toBe('taken');
});

it('lets the head refuse until the order is signed', () => {
  const refused = take(APPROVED(), 'REFUSE_TRANSFER', DECIDER);
  expect(refused.transferTrack).toBe('refused');
  expect(limitsOf(APPROVED(), refused, 'REFUSE_TRANSFER').cancels).toEqual(['D-TRANSFER-SEND']);
  expect(refusal(SENT(), 'REFUSE_TRANSFER', DECIDER)).toBe('case.illegal_move');
});

it('continues to its end after the main line ended without a decision, and no new transfer starts there', () => {
  const dismissed = (before: Case): Case => ({ ...before, state: 'DISMISSED' });
  expect(refusal(dismissed(REPORTED()), 'APPROVE_TRANSFER', DECIDER)).toBe('taken');
  expect(refusal(dismissed(REJECTED()), 'ASK_RECONSIDERATION', VERIFIER_A)).toBe('taken');
  expect(refusal(dismissed(REJECTED()), 'ASK_PROCURATORATE', VERIFIER_A)).toBe('taken');
  expect(refusal(dismissed(ACCEPTED()), 'HAND_OVER_EXHIBITS', VERIFIER_A)).toBe('taken');
  expect(refusal(dismissed(inState('FOUNDED')), 'REPORT_CRIME', VERIFIER_A)).toBe('case.illegal_move');
  const sent = decideExecute(dismissed(APPROVED()), { order: TRANSFER, actor: DECIDER, byName: '', now: NOW });
  expect([sent.transferTrack, isOver(sent), isOver(dismissed(HANDED_OVER()))]).toEqual(['sent', false, true]);
  expect(() => checkDraftable(dismissed(APPROVED()), APPROVED().institution, 'transfer')).not.toThrow();
});

it('ends with the lifting of its order, and can start again', () => {
  for (const before of [SENT(), RECEIVED(), ACCEPTED(), REJECTED(), RECONSIDERING(), PROCURATORATE()]) {
    expect(decideFact(before, 'TRANSFER_WITHDRAWN', '', NOW).transferTrack).toBe('withdrawn');
  }
  expect(decideFact(HANDED_OVER(), 'TRANSFER_WITHDRAWN', '', NOW).transferTrack).toBe('handed_over');
  const withdrawn = decideFact(REJECTED(), 'TRANSFER_WITHDRAWN', '', NOW);
  expect(limitsOf(REJECTED(), withdrawn, 'TRANSFER_WITHDRAWN').cancels).toContain('D-TRANSFER-RECONSIDER');
  expect(refusal(withdrawn, 'REPORT_CRIME', VERIFIER_A, { attachmentIds: [] })).toBe('case.attachment_missing');
  const anew = take(take(withdrawn, 'REPORT_CRIME', VERIFIER_A), 'REPORT_CRIME', VERIFIER_B);
  expect(anew.transferTrack).toBe('reported');
  expect(isWithdrawal(['TRANSFER_TO_DISCIPLINE', 'TRANSFER_TO_POLICE'], ['TRANSFER_TO_DISCIPLINE'])).toBe(false);
  expect(isWithdrawal(['TRANSFER_TO_DISCIPLINE'], ['TRANSFER_TO_DISCIPLINE'])).toBe(true);
  expect(isWithdrawal(['STOP_EVALUATION'], ['STOP_EVALUATION'])).toBe(false);
});

it('packs the transfer document, the approved report, the evidence and the additions of the head, each once', () => {
  const entry = (one: CaseStep, attachmentIds: string[], documentIds: string[] = []) => ({
    ...{ number: 1, step: one, by: 'x', byName: '', at: NOW, text: '', attachmentIds, documentIds, ...EMPTY_COLUMNS },
  });
  const entries = [
    entry('VERIFY', ['evidence']),
    entry('REPORT_CRIME', ['old report']),
    entry('REFUSE_TRANSFER', []),
    entry('REPORT_CRIME', ['report', 'evidence']),
    entry('APPROVE_TRANSFER', ['exhibits'], ['letter']),
    entry('RECORD_HEARING', ['what came after the approval']),
  ];
  expect(packageOf({ entries })).toEqual({ documentIds: ['letter'], attachmentIds: ['report', 'evidence', 'exhibits'] });
});

it('follows the police if an order went to both', () => {
  expect(isAnswerOf('DISCIPLINE', ['TRANSFER_TO_DISCIPLINE'])).toBe(true);
  expect(isAnswerOf('DISCIPLINE', ['TRANSFER_TO_DISCIPLINE', 'TRANSFER_TO_POLICE'])).toBe(false);
  expect(isAnswerOf('POLICE', ['TRANSFER_TO_DISCIPLINE', 'TRANSFER_TO_POLICE'])).toBe(true);
});
