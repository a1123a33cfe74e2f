// The fine beside the handling decision (行政处罚): one case, one notice, one hearing, one legal check serve both, so it is decided
// no sooner than the decision itself could be. Its paper is made outside and is attached.
import { checkOpen, readGates } from '@hengji/procedure/tables';
import type { Case } from '../case';
import { GATES, type GateWord, type OrderAtGate } from '../gates';

/** What a decision on a fine must find open, in the order in which it is asked. */
export const PENALTY_GATES = [
  'FOUNDED',
  'TWO_VERIFIERS',
  'NOTICE_SERVED',
  'REPLY_HEARD',
  'LEGAL_CHECKED',
  'SEPARATE_PEOPLE',
] as const satisfies readonly GateWord[];

const NO_ORDER = { id: '', kind: 'final', urgency: '', endCondition: '', measures: [] } as const;

/** Refuses `case.gate_closed`, naming the first gate that is closed and what is missing; `field` is the gate. */
export const checkPenaltyGates = (theCase: Case, now: Date): void => {
  const gates = readGates<GateWord, { theCase: Case; order: OrderAtGate; now: Date }>(GATES, PENALTY_GATES, {
    theCase,
    order: NO_ORDER,
    now,
  });
  checkOpen(gates, 'case.gate_closed', '行政处罚法第四十四条、第五十七条、第五十八条');
};
