// Whether an order is enforcement's. The topic is written by enforcement alone, says the broker; but an order voids
// certificates, so its own signature is asked for too: a service takes a row up only when enforcement's key has signed just
// this row of just this order, on just this scope. Somebody who can write to Kafka can thus repeat an order, which changes
// nothing, but neither give nor widen one.
import { canonical, type JsonValue, type Statement, type Verifier } from '@hengji/host';
import { Scope, type RowAsk, type Seal } from '@hengji/contracts/enforcement/v1/order';

/** The fields of a sealed statement that bind what a participant does; all numbers are text. */
interface SealedFacts {
  readonly type: string;
  readonly orderId: string;
  readonly epoch: string;
  readonly scope: unknown;
  /** Orders only: M1 among them makes the hold outlive the execution. */
  readonly measures?: readonly string[];
  readonly signedAt?: string;
  readonly liftedAt?: string;
  readonly rows: readonly {
    readonly row: string;
    readonly service: string;
    readonly effect: string;
    readonly undoesRow: string;
    readonly signedCount: string;
    readonly signedRoot: string;
  }[];
}

/** How orders are checked that come by Kafka. */
export interface OrderSeals {
  readonly verifier: Verifier;
  /** For the first upgrade to sealed orders only: what carries no seal at all is taken as it was before there were any. */
  readonly acceptUnsealed: boolean;
}

/** What an order, a lifting or a confirmed row claims. `rows` are those that this service would act on. */
export interface Claimed {
  readonly orderId: string;
  /** Absent where the message does not repeat it. */
  readonly epoch?: bigint;
  readonly scope?: Scope | undefined;
  readonly measures?: readonly string[];
  readonly rows: readonly RowAsk[];
  readonly seal?: Seal | undefined;
}

const differs = (orderId: string, what: string): Error => new Error(`order ${orderId}: ${what} is not what enforcement signed`);

const rowFacts = (ask: RowAsk): string =>
  [
    ask.row,
    ask.effect?.$case ?? '',
    ask.effect?.value ?? '',
    ask.undoesRow,
    ask.signedCount,
    ask.undo ? '' : Buffer.from(ask.signedRoot).toString('hex'),
  ].join(' ');

const sealedRowFacts = ({ row, service, effect, undoesRow, signedCount, signedRoot }: SealedFacts['rows'][number]): string =>
  [row, service, effect, undoesRow, signedCount, undoesRow === '0' ? signedRoot : ''].join(' ');

const plain = (value: unknown): string => canonical(value as JsonValue);

/**
 * Throws unless enforcement's key signed all of it. What is thrown parks the message with its bytes: shown, and replayable
 * once the reason (a trust list that is too old, say) is gone. Refusals `signature.*` of the verifier pass through.
 */
export const checkSealed = ({ verifier, acceptUnsealed }: OrderSeals, claimed: Claimed): void => {
  const { orderId, epoch, scope, measures, rows, seal } = claimed;
  if (!seal?.signature) {
    if (acceptUnsealed) return;
    throw differs(orderId, 'a message without a seal');
  }
  const statement = JSON.parse(seal.statement) as Statement;
  const facts = statement as unknown as SealedFacts;
  verifier.check(statement, seal.signature, { service: 'enforcement', signedAt: new Date(facts.signedAt ?? facts.liftedAt ?? '') });
  if (facts.orderId !== orderId) throw differs(orderId, 'the order');
  if (epoch !== undefined && facts.epoch !== String(epoch)) throw differs(orderId, 'the epoch');
  if (scope && plain(facts.scope) !== plain(Scope.fromPartial(scope))) throw differs(orderId, 'the scope');
  if (measures && measures.join() !== facts.measures?.join()) throw differs(orderId, 'the measures');
  const sealed = new Set(facts.rows.map(sealedRowFacts));
  for (const ask of rows) if (!sealed.has(rowFacts(ask))) throw differs(orderId, `row ${ask.row}`);
};
