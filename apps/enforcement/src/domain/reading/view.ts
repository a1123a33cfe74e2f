// An order as one person reads it: what may be done now, and what stands in the way, in words. It asks the very guards that the calls
// ask, so that a screen never works it out a second time and never offers what is refused.
import { Refusal } from '@hengji/domain-kit';
import type { Case } from '../cases/case';
import { checkGates, checkLifter, checkSigner, gatesOf, type OrderAtGate } from '../cases/gates';
import { isCompetent, type Actor } from '../competence';
import { checkSign } from '../gates';
import { canRetry, isDrifted, type Row } from '../ledger';
import { checkNotDrafter } from '../liftings';
import { allowedActions, kindOf, rowsToRetry, type Order, type OrderAction } from '../order';
import { checkConfirmDrift } from '../residual/drift';
import { phaseOf, type OrderPhase } from './phase';
import { situationsOf, type Situation } from './situations';

/** Why an action that the order's state allows cannot be taken by this person now. */
export interface Obstacle {
  readonly action: OrderAction;
  /** A reason code of docs/REFUSALS.md: what the call would refuse with. */
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
  /** Before the signature, of an order whose case is known. */
  readonly gates: ReturnType<typeof gatesOf>;
  rowView(row: Row): RowView;
}

export interface Reader {
  readonly actor: Actor;
  /** The order's case; null where it has none, or where nothing that the order allows asks for it. */
  readonly theCase: Case | null;
  readonly now: Date;
}

/** The order as the gates of its case look at it. */
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

/** What each action's call checks beside the state. */
const GUARDS: Partial<Record<OrderAction, Guard>> = {
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

/** A row that drifted would only stop again: it waits to be confirmed. */
const viewRow = (row: Row): RowView => {
  if (!canRetry(row)) return NOTHING;
  if (!isDrifted(row)) return { allowed: ['retry'], obstacles: [] };
  const { reason = '' } = row.refusal ?? {};
  return { allowed: [], obstacles: [{ action: 'retry', reason, words: '目标记录与签发时不一致，须先确认变化后的范围' }] };
};

/** Whether what is shown of the order asks for its case: its gates, or the guards of what it allows now. */
export const asksCase = (order: Order): boolean =>
  order.caseId !== '' && (order.signature === null || allowedActions(order).some((action) => GUARDS[action] !== undefined));

/** The order as `reader.actor` reads it; who cannot act on it at all is offered nothing and told of no obstacle. */
export const viewOf = (order: Order, reader: Reader): OrderView => {
  const isActing = isCompetent(reader.actor, order.authority);
  const allowed = isActing ? allowedActions(order) : [];
  const retriable = allowed.includes('retry') ? rowsToRetry(order) : [];
  return {
    phase: phaseOf(order),
    allowed,
    obstacles: obstaclesOf(order, reader, allowed),
    situations: situationsOf(order),
    gates: order.signature === null && reader.theCase ? gatesOf(reader.theCase, atGate(order), reader.now) : [],
    rowView: (row) => (retriable.includes(row) ? viewRow(row) : NOTHING),
  };
};
