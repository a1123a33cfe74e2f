// What a case hears without a person: its order is carried out, the receiving body answered a transfer. All of it in the
// transaction of what it hears of; what comes late or twice changes nothing.
import type { CaseStep } from '../../domain/cases/case';
import { limitsOf } from '../../domain/cases/steps';
import { decideFact, decideRecheck } from '../../domain/cases/take-step';
import type { Order, OrderEvent } from '../../domain/order';
import type { Cases, Deadlines } from './ports';
import { keepLimits } from './take-step';

interface Deps<Tx> {
  readonly cases: Pick<Cases<Tx>, 'update'>;
  readonly deadlines: Deadlines<Tx>;
  readonly now: () => Date;
}

/** The case of an order whose execution or lifting is complete goes to the re-check, when it is its last. */
export const hearOfOrder =
  <Tx>({ cases, deadlines, now }: Deps<Tx>) =>
  async (tx: Tx, { caseId }: Order, { kind }: OrderEvent): Promise<void> => {
    if (caseId === '' || kind !== 'orderCompleted') return;
    const after = await cases.update(tx, caseId, (theCase, orders) => decideRecheck(theCase, orders, now()));
    // A decision that was taken back is withdrawn from the public with the lifting of its order (行政处罚法 §48).
    await keepLimits(deadlines, tx, after, { starts: [], meets: ['D-PEN-WITHDRAW-PUB'], now: now() });
  };

export interface Heard {
  readonly caseId: string;
  readonly step: Extract<CaseStep, 'TRANSFER_RECEIVED' | 'TRANSFER_ACCEPTED' | 'TRANSFER_REFUSED'>;
  /** Who answered, under which number, and why. */
  readonly text: string;
  readonly now: Date;
}

/** Takes down what 公安 or another body answered to a transfer. Refuses `case.unknown`. */
export const hearAnswer =
  <Tx>({ cases, deadlines }: Deps<Tx>) =>
  async (tx: Tx, { caseId, step, text, now }: Heard): Promise<void> => {
    await cases.update(tx, caseId, async (before) => {
      const after = decideFact(before, step, text, now);
      if (after !== before) await keepLimits(deadlines, tx, after, { ...limitsOf(before, after, step), now });
      return after;
    });
  };
