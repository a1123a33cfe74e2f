// Events that change a case without a person: its order is carried out, or the receiving body answered a transfer. Each change
// is in the transaction of its event; a late or repeated event changes nothing.
import { moveLimits, type Limits } from '@hengji/procedure';
import type { CaseStep } from '../../domain/cases/case';
import { isOver } from '../../domain/cases/record';
import { limitsOf } from '../../domain/cases/steps';
import { decideFact, decideRecheck } from '../../domain/cases/take-step';
import { isToPolice, isWithdrawal } from '../../domain/cases/tracks/transfer-track';
import type { Lifting, Order, OrderEvent } from '../../domain/order';
import { followLifting } from '../publicity/follow-lifting';
import type { Notices } from '../publicity/ports';
import type { Cases } from './ports';

interface Deps<Tx> {
  readonly cases: Pick<Cases<Tx>, 'update'>;
  readonly deadlines: Limits<Tx>;
  readonly now: () => Date;
}

/** The lifting of the event, if the event has one. */
const liftingOf = (order: Order, event: OrderEvent): Lifting | undefined =>
  'lifting' in event ? order.liftings.find(({ number }) => number === event.lifting) : undefined;

/**
 * Moves a case to the re-check when the execution or lifting of its last order is complete; withdraws its public notice with a whole
 * lifting.
 */
export const hearOfOrder =
  <Tx>({ cases, notices, deadlines, now }: Deps<Tx> & { readonly notices: Pick<Notices<Tx>, 'withdraw'> }) =>
  async (tx: Tx, order: Order, event: OrderEvent): Promise<void> => {
    const { caseId } = order;
    const lifting = liftingOf(order, event);
    if (caseId === '' || ('again' in event && event.again)) return;
    if (event.kind === 'orderLifted' && lifting && isWithdrawal(order.measures, lifting.measures)) {
      await hearAnswer({ cases, deadlines, now })(tx, { caseId, step: 'TRANSFER_WITHDRAWN', text: lifting.documentNo, now: now() });
    }
    if (event.kind === 'orderLifted' && lifting) await followLifting({ cases, notices, deadlines, now })(tx, order, lifting);
    if (event.kind === 'orderCompleted') await cases.update(tx, caseId, (theCase, orders) => decideRecheck(theCase, orders, now()));
  };

export interface Heard {
  readonly caseId: string;
  readonly step: Extract<CaseStep, 'TRANSFER_RECEIVED' | 'TRANSFER_ACCEPTED' | 'TRANSFER_REFUSED' | 'TRANSFER_WITHDRAWN'>;
  /** Who answered, under which number, and why. */
  readonly text: string;
  readonly now: Date;
}

/** Records the answer of 公安 or another body to a transfer, or its withdrawal. Refuses `case.unknown`. */
export const hearAnswer =
  <Tx>({ cases, deadlines }: Deps<Tx>) =>
  async (tx: Tx, { caseId, step, text, now }: Heard): Promise<void> => {
    await cases.update(tx, caseId, async (before, orders) => {
      const after = decideFact(before, step, text, now);
      if (after === before) return after;
      const limits = limitsOf(before, after, step, isToPolice(after, orders));
      await moveLimits(deadlines, tx, after, { ...limits, now, isOver: isOver(after) });
      return after;
    });
  };
