// A finding rests on evidence: each verification names evidence of a kind of the law, and both verifiers have put evidence on the file.
import { around, ATTACHMENTS, delivery, inState, opened, HANDLER, stepAsked, take, VERIFIER_A, VERIFIER_B } from '../../../test/cases';
import { EVIDENCE_OF_LAW } from '../documents/attachment';
import { later, NOW } from '../../../test/orders';
import type { Case, CaseEntry } from './case';
import { decideStep, readSteps } from './take-step';

const triaged = (): Case => take(opened(), 'TRIAGE', VERIFIER_A);
const verify = (attachmentIds: readonly string[], attachments = ATTACHMENTS) =>
  decideStep(triaged(), stepAsked('VERIFY', VERIFIER_A, { attachmentIds }), around({ attachments }));
const missing = (field: string) =>
  expect.objectContaining({ reason: 'case.evidence_missing', detail: { field, rule: '行政处罚法第四十六条' } });

describe('a verification', () => {
  it.each([[[]], [['other']], [['of-another-case']]])('with %j is refused', (ids) => {
    expect(() => verify(ids)).toThrow(missing('attachment_ids'));
  });

  it.each(EVIDENCE_OF_LAW)('with evidence of the kind %s is recorded', (kind) => {
    expect(
      verify(['x', 'other'], [...ATTACHMENTS, { id: 'x', kind, mediaType: 'application/pdf', addedAt: NOW }]).entries.at(-1)?.attachmentIds,
    ).toEqual(['x', 'other']);
  });

  it('tells the form which kinds it needs', () => {
    const step = readSteps(triaged(), VERIFIER_A, around()).allowed.find((one) => one.step === 'VERIFY');
    expect(step).toMatchObject({ needs: ['TEXT', 'EVIDENCE', 'CREDENTIAL', 'NO_INTEREST'], evidence: EVIDENCE_OF_LAW });
    expect(step?.evidence).not.toContain('OTHER');
  });
});

describe('a finding', () => {
  const verified = () => inState('VERIFYING');
  const without = (person: string): Case => {
    const bare = (entry: CaseEntry): CaseEntry =>
      entry.by === person && entry.step === 'VERIFY' ? { ...entry, attachmentIds: [] } : entry;
    return { ...verified(), entries: verified().entries.map(bare) };
  };

  it('needs the evidence of both verifiers, and says so beforehand; a case of an older version is verified again', () => {
    const byOne = without('verifier-b');
    expect(() => take(byOne, 'FIND_FOUNDED', VERIFIER_A)).toThrow(missing('step'));
    const { obstacles } = readSteps(byOne, VERIFIER_A, around());
    expect(obstacles).toContainEqual(expect.objectContaining({ step: 'FIND_FOUNDED', reason: 'case.evidence_missing' }));
    expect(take(take(byOne, 'VERIFY', VERIFIER_B), 'FIND_FOUNDED', VERIFIER_A).state).toBe('FOUNDED');
    expect(() => take(take(byOne, 'VERIFY', VERIFIER_A), 'FIND_FOUNDED', VERIFIER_A)).toThrow(missing('step'));
  });

  it.each([
    ['属实', false],
    ['考试没有举行就发证', false],
    ['考试没有举行就发了证', true],
  ])('states the facts: %s', (text, isEnough) => {
    const find = () => decideStep(verified(), stepAsked('FIND_FOUNDED', VERIFIER_A, { text }), around());
    if (isEnough) expect(find().state).toBe('FOUNDED');
    else expect(find).toThrow(expect.objectContaining({ reason: 'case.text_missing', message: expect.stringContaining('不少于10字') }));
  });
});

describe('a notice', () => {
  const founded = (): Case => {
    const { entries, ...theCase } = inState('FOUNDED');
    return { ...theCase, entries: entries.filter(({ step }) => step !== 'ISSUE_NOTICE') };
  };
  const served = (issued: Case, at: Date, now = later(86_400_000)): Case =>
    decideStep(issued, stepAsked('SERVE_NOTICE', HANDLER, { service: delivery({ at }) }), around({ now }));

  it.each([
    [null, 'mode'],
    [delivery({ mode: 'POST', receiver: ' ' }), 'receiver'],
  ])('refuses a service without mode or receiver: %j', (service, field) => {
    const issued = take(inState('FOUNDED'), 'ISSUE_NOTICE', HANDLER);
    expect(() => decideStep(issued, stepAsked('SERVE_NOTICE', HANDLER, { service }), around())).toThrow(
      expect.objectContaining({ reason: 'case.service_missing', detail: expect.objectContaining({ field }) }),
    );
  });

  it('is issued before it is served, and a new notice is served once', () => {
    const notIssued = expect.objectContaining({ reason: 'case.illegal_move', message: expect.stringContaining('制作告知书') });
    expect(() => served(founded(), NOW)).toThrow(notIssued);
    const once = served(take(founded(), 'ISSUE_NOTICE', HANDLER), NOW);
    expect(() => served(once, NOW)).toThrow(notIssued);
    expect(served(take(once, 'ISSUE_NOTICE', HANDLER), NOW).state).toBe('NOTICE_SERVED');
  });

  it('counts as served at the stated time, which is neither before its issue nor in the future', () => {
    const issued = take(founded(), 'ISSUE_NOTICE', HANDLER);
    expect(served(issued, NOW).noticeServedAt).toEqual(NOW);
    expect(served(issued, later(3_600_000)).noticeServedAt).toEqual(later(3_600_000));
    const invalid = expect.objectContaining({ reason: 'document.time_invalid' });
    expect(() => served(issued, later(-60_000))).toThrow(invalid);
    expect(() => served(issued, later(86_400_001))).toThrow(invalid);
  });
});
