// Signs an order. The signature covers the preview, so every service is asked once more, and a changed count or root stops the
// signature. The transaction that signs checks all gates of the case. The commit of this transaction cannot be undone: all
// later steps follow from the stored order.
import { moveLimits, type Limits } from '@hengji/procedure';
import type { Actor } from '../domain/competence';
import { checkGates, checkSigner, decideExecute } from '../domain/cases/gates';
import type { Reached } from '../domain/cases/particulars/particulars';
import { checkNotRecused } from '../domain/cases/particulars/recusal';
import { isOver } from '../domain/cases/record';
import { SENDING } from '../domain/cases/steps';
import { checkReach, reachOf } from '../domain/cases/told/reach';
import { packageOf } from '../domain/cases/tracks/transfer-track';
import { counterFor } from '../domain/document-number';
import { checkRevision } from '../domain/drafts/discard';
import { isUnsigned } from '../domain/drafts/draft';
import { checkSign, decideSign } from '../domain/gates';
import { quietly, type Order } from '../domain/order';
import { atGate } from '../domain/reading/view';
import { checkSupersedes, supersededBy } from '../domain/superseding';
import type { CheckLifting } from './aftermath/ports';
import { askPreviews } from './ask-previews';
import type { Cases, Packages } from './cases/ports';
import type { Numbers, Orders, Participants, Request, Transactions } from './ports';

interface Deps<Tx> {
  readonly orders: Orders<Tx>;
  readonly cases: Pick<Cases<Tx>, 'get' | 'update' | 'recusedAt'>;
  readonly deadlines: Limits<Tx>;
  readonly packages: Packages<Tx>;
  /** Refuses `order.rectification_open`. */
  readonly checkLifting: CheckLifting<Tx>;
  /** Refuses `remedy.stands`: its decision is stayed or revoked. */
  readonly checkMaySign: (tx: Tx, order: Order) => Promise<void>;
  readonly numbers: Numbers<Tx>;
  readonly transactions: Transactions<Tx>;
  readonly participants: Participants;
  readonly now: () => Date;
}

export interface SignOrder {
  readonly request: Request;
  readonly actor: Actor;
  readonly byName: string;
  readonly orderId: string;
  /** The version that the signer read; 0 = not compared. */
  readonly revision: number;
}

/**
 * Executes the case with this signature: its gates, its record, its limits. Returns the decision's number for the order, if
 * there is one.
 */
const execute =
  <Tx>({ cases, deadlines, packages }: Deps<Tx>, tx: Tx) =>
  async (
    order: Order,
    { actor, byName, reach }: SignOrder & { readonly reach: readonly Reached[] },
    now: Date,
  ): Promise<string | undefined> => {
    const recused = await cases.recusedAt(tx, order.scope.institution);
    const after = await cases.update(tx, order.caseId, (theCase) => {
      checkNotRecused(theCase, actor.officerId, recused);
      checkReach(theCase, order.id, reach);
      return decideExecute(theCase, { order: atGate(order), actor, byName, now });
    });
    const { kind } = atGate(order);
    if (kind === 'transfer') {
      await packages.close(tx, { ...packageOf(after), orderId: order.id, caseId: order.caseId });
      const starts = order.measures.includes('TRANSFER_TO_POLICE') ? SENDING.starts : [];
      await moveLimits(deadlines, tx, after, { ...SENDING, starts, now, isOver: isOver(after) });
    }
    return kind === 'final' ? after.decision?.number : undefined;
  };

/**
 * Repeats the checks at the signature: since the draft, the old order may have been lifted, or its stop may have to stay. The
 * old order stores its successor: a second successor is refused.
 */
const takePlace =
  <Tx>({ orders, checkLifting }: Deps<Tx>, tx: Tx) =>
  async (order: Order): Promise<void> => {
    await orders.update(tx, order.supersedes, async (old) => {
      checkSupersedes(order.scope.institution, old);
      await checkLifting(tx, old, { ground: 'SUPERSEDED', measures: old.measures });
      return quietly(supersededBy(old, order.id));
    });
  };

/** Signs; returns the order's id. Refuses as `checkSign`, `checkGates`, `checkSigner`, `checkNotRecused`, `order.preview_changed`, `case.beyond_notice`, `order.rectification_open`, `remedy.stands`. */
export const signOrder =
  <Tx>(deps: Deps<Tx>) =>
  async (command: SignOrder): Promise<string> => {
    const { orders, cases, numbers, transactions, participants, now } = deps;
    const { request, actor, orderId } = command;
    const seen = await orders.get(orderId);
    // A repeated request finds a signed order, uses the stored answer, and calls no service.
    const isFirst = isUnsigned(seen);
    if (isFirst) {
      checkRevision(seen, command.revision);
      checkSign(seen, actor, now());
      const theCase = await cases.get(seen.caseId);
      checkGates(theCase, atGate(seen), now());
      checkSigner(theCase, atGate(seen), actor);
    }
    const fresh = isFirst ? await askPreviews(participants, seen) : new Map();
    return transactions.once(request, async (tx) => {
      const at = now();
      await orders.update(tx, orderId, async (order) => {
        // Before a number is drawn, so that two concurrent signers do not wait for each other's counters.
        checkRevision(order, seen.revision);
        checkSign(order, actor, at);
        await deps.checkMaySign(tx, order);
        if (order.supersedes !== '') await takePlace(deps, tx)(order);
        const decided = await execute(deps, tx)(order, { ...command, reach: reachOf(order.rows, fresh) }, at);
        const documentNo = decided ?? (await numbers.documentNumber(tx, counterFor('order', order.authority, at)));
        const epoch = await numbers.epoch(tx, order.scope.institution);
        return decideSign(order, { actor, fresh, documentNo, epoch, now: at });
      });
      return orderId;
    });
  };
