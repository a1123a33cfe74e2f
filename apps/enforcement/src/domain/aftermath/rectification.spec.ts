import { NOW, officer } from '../../../test/orders';
import { LIFT_GROUNDS } from '../order';
import {
  checkRectification,
  checkStopLifting,
  giveEvidence,
  openRectification,
  withdrawRectification,
  type Rectification,
} from './rectification';

const party = { officerId: 'p', role: 'INSTITUTION' as const, authority: '', institution: 'I' };
const opened = openRectification({ orderId: 'o', caseId: 'c', institution: 'I', dueOn: '2026-12-31', openedAt: NOW });
const given = (one: Rectification): Rectification => giveEvidence(one, party, { text: '已整改', attachmentIds: [], by: 'p', at: NOW });
const checked = (one: Rectification, by: string, passed: boolean): Rectification =>
  checkRectification(one, { by, byName: by, passed, text: '看过', at: NOW });
const reason = (slug: string) => expect.objectContaining({ reason: slug });

describe('a rectification', () => {
  it.each([
    ['one who passes', [true], 'EVIDENCE_GIVEN'],
    ['one who fails', [false], 'EVIDENCE_GIVEN'],
    ['two who differ', [true, false], 'EVIDENCE_GIVEN'],
    ['two who pass', [true, true], 'PASSED'],
    ['two who fail', [false, false], 'FAILED'],
    ['a third who decides for it', [false, true, true], 'PASSED'],
    ['a third who decides against it', [true, false, false], 'FAILED'],
  ] as const)('%s: %s → %s', (_, findings, state) => {
    expect(findings.reduce<Rectification>((one, passed, i) => checked(one, `officer-${i}`, passed), given(opened)).state).toBe(state);
  });

  it('counts only the findings on the newest evidence', () => {
    const second = given(checked(given(opened), 'a', true));
    expect(checked(second, 'b', true).state).toBe('EVIDENCE_GIVEN');
    expect(checked(checked(second, 'b', true), 'a', true).state).toBe('PASSED');
  });

  it('refuses a caller other than the institution, a second check by one officer, and any act after closing', () => {
    const passed = checked(checked(given(opened), 'a', true), 'b', true);
    expect(() => giveEvidence(opened, officer('x'), { text: 't', attachmentIds: [], by: 'x', at: NOW })).toThrow(
      reason('rectification.not_yours'),
    );
    expect(() => checked(checked(given(opened), 'a', true), 'a', true)).toThrow(reason('rectification.same_person'));
    expect(() => checked(opened, 'a', true)).toThrow(reason('rectification.no_evidence'));
    expect(() => given(passed)).toThrow(reason('rectification.closed'));
    expect(() => checked(withdrawRectification(opened, NOW), 'a', true)).toThrow(reason('rectification.closed'));
  });
});

describe('lifting a stop', () => {
  const lift =
    (ground: (typeof LIFT_GROUNDS)[number], withdraws = '', liftsStop = true) =>
    () =>
      checkStopLifting({ liftsStop, ground, withdraws }, [opened]);

  it('requires a passed re-check, unless the ground is a court or the reconsideration body', () => {
    const refused = LIFT_GROUNDS.filter((ground) => {
      try {
        lift(ground)();
        return false;
      } catch {
        return true;
      }
    });
    expect(refused).toEqual(['SELF_CORRECTION', 'CONDITION_MET', 'SUPERSEDED']);
  });

  it('does not require a re-check of a rectification that it takes back itself, unless the ground is CONDITION_MET', () => {
    expect(lift('SELF_CORRECTION', 'o')).not.toThrow();
    expect(lift('CONDITION_MET', 'o')).toThrow(reason('order.rectification_open'));
    expect(lift('CONDITION_MET', '', false)).not.toThrow();
  });
});
