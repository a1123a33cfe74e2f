// An order as one person reads it: the actions allowed now, and the obstacles with their text. The view uses the same guards as
// the calls. A screen therefore computes no rule of its own and offers no action that the call refuses.
import { Refusal } from '@hengji/domain-kit';
import type { Case } from '../cases/case';
import { checkGates, checkLifter, checkSigner, gatesOf, type OrderAtGate } from '../cases/gates';
import { isCompetent, type Actor } from '../competence';
import { checkSign } from '../gates';
import { canRetry, isDrifted, type Row } from '../ledger';
import { checkNotDrafter } from '../liftings';
import { isUnsigned } from '../drafts/draft';
import { checkUndecided } from '../drafts/discard';
import { editNote } from '../drafts/edit';
import { allowedActions, kindOf, rowsToRetry, type Order, type OrderAction } from '../order';
import { checkConfirmDrift } from '../residual/drift';
import { phaseOf, type OrderPhase } from './phase';
import { situationsOf, type Situation } from './situations';

/** Why this person cannot take an action now that the order's state allows. */
export interface Obstacle {
  readonly action: OrderAction;
  /** A reason code of docs/REFUSALS.md: the reason with which the call would refuse. */
  readonly reason: string;
  readonly words: string;
}

interface RowView {
  readonly allowed: OrderAction[];
  readonly obstacles: Obstacle[];
}

export interface OrderView {
  readonly phase: OrderPhase;
  readonly allowed: OrderAction[];
  readonly obstacles: Obstacle[];
  readonly situations: Situation[];
  /** Set before the signature, for an order whose case is known. */
  readonly gates: ReturnType<typeof gatesOf>;
  /** What an edit of the draft leads to, in words; empty where it only makes a new version. */
  readonly editNote: string;
  rowView(row: Row): RowView;
}

export interface Reader {
  readonly actor: Actor;
  /** The order's case; null if the order has none, or if no allowed action needs it. */
  readonly theCase: Case | null;
  readonly now: Date;
}

/** The fields of the order that the gates of its case read. */
export const atGate = ({ id, interim, measures, urgency, endCondition }: Order): OrderAtGate => ({
  id,
  measures,
  kind: kindOf({ interim, measures }),
  urgency,
  endCondition,
});

type Guard = (order: Order, reader: Reader) => void;

const mayLift: Guard = (order, { actor, theCase }) => {
  checkNotDrafter(order, actor);
  if (theCase) checkLifter(theCase, actor);
};

/** The checks of each action beside the state. */
const mayChange: Guard = ({ id }, { theCase }) => {
  if (theCase) checkUndecided(theCase, id);
};

const GUARDS: Partial<Record<OrderAction, Guard>> = {
  edit: mayChange,
  discard: mayChange,
  sign: (order, { actor, theCase, now }) => {
    checkSign(order, actor, now);
    if (!theCase) return;
    checkGates(theCase, atGate(order), now);
    checkSigner(theCase, atGate(order), actor);
  },
  confirmDrift: (order, { actor }) => checkConfirmDrift(order, actor),
  lift: mayLift,
  liftPart: mayLift,
};

const refusalOf = (guard: Guard, order: Order, reader: Reader): Refusal | undefined => {
  try {
    guard(order, reader);
    return undefined;
  } catch (refusal) {
    if (refusal instanceof Refusal) return refusal;
    throw refusal;
  }
};

const obstaclesOf = (order: Order, reader: Reader, allowed: readonly OrderAction[]): Obstacle[] =>
  allowed.flatMap((action) => {
    const guard = GUARDS[action];
    const refusal = guard && refusalOf(guard, order, reader);
    return refusal ? [{ action, reason: refusal.reason, words: refusal.message }] : [];
  });

const NOTHING: RowView = { allowed: [], obstacles: [] };

/** A retry of a drifted row would stop again: the drift must be confirmed first. */
const viewRow = (row: Row): RowView => {
  if (!canRetry(row)) return NOTHING;
  if (!isDrifted(row)) return { allowed: ['retry'], obstacles: [] };
  const { reason = '' } = row.refusal ?? {};
  return { allowed: [], obstacles: [{ action: 'retry', reason, words: '目标记录与签发时不一致，须先确认变化后的范围' }] };
};

/** Whether the view needs the case of the order: for its gates, or for the guards of an allowed action. */
export const asksCase = (order: Order): boolean =>
  order.caseId !== '' && (isUnsigned(order) || allowedActions(order).some((action) => GUARDS[action] !== undefined));

/** The order as `reader.actor` reads it; a person without competence gets no action and no obstacle. */
export const viewOf = (order: Order, reader: Reader): OrderView => {
  const isActing = isCompetent(reader.actor, order.authority);
  const allowed = isActing ? allowedActions(order) : [];
  const retriable = allowed.includes('retry') ? rowsToRetry(order) : [];
  return {
    phase: phaseOf(order),
    allowed,
    obstacles: obstaclesOf(order, reader, allowed),
    situations: situationsOf(order),
    editNote: isUnsigned(order) && reader.theCase ? editNote(reader.theCase, order) : '',
    gates: isUnsigned(order) && reader.theCase ? gatesOf(reader.theCase, atGate(order), reader.now) : [],
    rowView: (row) => (retriable.includes(row) ? viewRow(row) : NOTHING),
  };
};
