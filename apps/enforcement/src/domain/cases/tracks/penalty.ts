// The fine beside the handling decision (行政处罚). One case, one notice, one hearing and one legal check serve both, so the
// fine is decided no sooner than the decision could be. The document of the fine is made outside the system and attached.
import { checkOpen, readGates } from '@hengji/procedure/tables';
import type { Case } from '../case';
import { GATES, type GateWord, type OrderAtGate } from '../gates';

/** The gates of a decision on a fine, in the sequence of the checks. */
export const PENALTY_GATES = [
  'FOUNDED',
  'TWO_VERIFIERS',
  'NOTICE_SERVED',
  'REPLY_HEARD',
  'LEGAL_CHECKED',
  'SEPARATE_PEOPLE',
] as const satisfies readonly GateWord[];

const NO_ORDER = { id: '', kind: 'final', urgency: '', endCondition: '', measures: [] } as const;

/** Refuses `case.gate_closed`, naming the first closed gate and what is missing; `field` is the gate. */
export const checkPenaltyGates = (theCase: Case, now: Date): void => {
  const gates = readGates<GateWord, { theCase: Case; order: OrderAtGate; now: Date }>(GATES, PENALTY_GATES, {
    theCase,
    order: NO_ORDER,
    now,
  });
  checkOpen(gates, 'case.gate_closed', '行政处罚法第四十四条、第五十七条、第五十八条');
};
