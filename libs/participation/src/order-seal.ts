// Whether an order is enforcement's. The topic is written by enforcement alone, says the broker; but an order voids
// certificates, so its own signature is asked for too: a service takes a row up only when enforcement's key has signed just
// this row of just this order, on just this scope, and lets a hold go only when that key has signed that it is to. Somebody who
// can write to Kafka can thus repeat what was said, which changes nothing, but neither give nor widen nor end an order.
import { noticeAt, noticeStatement, packageStatement, scopeStatement, type Notice } from '@hengji/contracts';
import type { OrderIssued, OrderLifted } from '@hengji/contracts/enforcement/v1/enforcement_events';
import { Scope, type RowAsk, type Seal } from '@hengji/contracts/enforcement/v1/order';
import { Refusal } from '@hengji/domain-kit';
import { canonical, type JsonValue, type Statement, type Verifier } from '@hengji/host';
import { describeFailure, NotSealed } from '@hengji/messaging';

/** How orders are checked that come by Kafka. */
export interface OrderSeals {
  readonly verifier: Verifier;
  /** For the first upgrade to sealed orders only: what carries no seal at all is taken as it was before there were any. */
  readonly acceptUnsealed: boolean;
}

/** What an order, a lifting or a confirmed row claims, as its statement says it. */
export interface Claimed {
  /** The only kind of statement that may say this. */
  readonly type: 'hengji.order.v1' | 'hengji.lifting.v1';
  readonly orderId: string;
  /** Members of the statement that the message repeats, with the value that it gives them. */
  readonly members: Readonly<Record<string, JsonValue>>;
  /** Those that this service would act on. */
  readonly rows: readonly RowAsk[];
  readonly seal?: Seal | undefined;
}

const differs = (orderId: string, what: string): Error => new NotSealed(`order ${orderId}: ${what} is not what enforcement signed`);

const timeText = (at: Date | undefined): string => at?.toISOString() ?? '';
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const scopeOf = (scope: Scope | undefined): JsonValue => scopeStatement(Scope.fromPartial(scope ?? {}));

/** What an order that was issued claims; `own` are the rows of this service. */
export const claimedByOrder = (order: OrderIssued, own: readonly RowAsk[]): Claimed => ({
  type: 'hengji.order.v1',
  orderId: order.orderId,
  rows: own,
  seal: order.seal,
  members: {
    epoch: String(order.epoch),
    scope: scopeOf(order.scope),
    measures: [...order.measures],
    documentNo: order.documentNo,
    rectifyBy: order.rectifyBy,
    signedAt: timeText(order.signedAt),
    package: packageStatement(order.package),
  },
});

/** What a lifting claims. */
export const claimedByLifting = (lifting: OrderLifted, own: readonly RowAsk[]): Claimed => ({
  type: 'hengji.lifting.v1',
  orderId: lifting.orderId,
  rows: own,
  seal: lifting.seal,
  members: {
    epoch: String(lifting.epoch),
    scope: scopeOf(lifting.scope),
    lifting: String(lifting.lifting),
    whole: !lifting.partial,
    documentNo: lifting.documentNo,
    reason: lifting.reason,
    liftedAt: timeText(lifting.liftedAt),
  },
});

/** What a row that was confirmed anew claims: that the order, signed anew, binds it so. */
export const claimedByRow = (orderId: string, row: RowAsk, seal: Seal | undefined): Claimed => ({
  type: 'hengji.order.v1',
  orderId,
  rows: [row],
  seal,
  members: {},
});

/** Statements from before they had it: what it binds is then bound by nothing, as it was when they were signed. */
const ADDED_SINCE: readonly string[] = ['package'];

const ROW_FACTS = ['row', 'measure', 'service', 'effect', 'afterRow', 'undoesRow', 'signedCount', 'signedRoot'] as const;
type RowFacts = Readonly<Record<(typeof ROW_FACTS)[number], string>>;

const factsOf = ({ row, measure, effect, afterRow, undoesRow, signedCount, signedRoot }: RowAsk): RowFacts => ({
  row: String(row),
  // The notices have none.
  measure: measure === 'UNSPECIFIED' ? '' : measure,
  service: effect?.$case ?? '',
  effect: effect?.value ?? '',
  afterRow: String(afterRow),
  undoesRow: String(undoesRow),
  signedCount: String(signedCount),
  // A lifting takes back what is claimed, and is bound by that.
  signedRoot: undoesRow === 0 ? hex(signedRoot) : '',
});

const lineOf = (facts: RowFacts): string => ROW_FACTS.map((name) => facts[name]).join(' ');

const checkRows = ({ orderId, rows }: Claimed, statement: Statement): void => {
  const sealed = new Set((statement['rows'] as unknown as readonly RowFacts[]).map(lineOf));
  for (const ask of rows) {
    // `undo` decides which way the effect is worked; the statement says it by the row that is undone.
    if (ask.undo !== ask.undoesRow > 0 || !sealed.has(lineOf(factsOf(ask)))) throw differs(orderId, `row ${ask.row}`);
  }
};

/** When the key was used. Without a time a key that has ended would pass for one that serves. */
const signedAt = (orderId: string, text: unknown): Date => {
  const at = new Date(typeof text === 'string' ? text : Number.NaN);
  if (Number.isNaN(at.getTime())) throw differs(orderId, 'a statement without a time');
  return at;
};

const isUnsealed = ({ acceptUnsealed }: OrderSeals, orderId: string, seal: Seal | undefined): boolean => {
  if (seal?.signature) return false;
  if (acceptUnsealed) return true;
  throw differs(orderId, 'a message without a seal');
};

/** Whatever goes wrong while a seal is checked means one thing: the message is not sealed. */
const sealing = <R>(orderId: string, check: () => R): R => {
  try {
    return check();
  } catch (failure) {
    if (failure instanceof NotSealed) throw failure;
    const why = failure instanceof Refusal ? `${failure.reason} ${failure.message}` : describeFailure(failure);
    throw new NotSealed(`order ${orderId}: ${why}`, { cause: failure });
  }
};

/**
 * Throws NotSealed unless enforcement's key signed all of it. The message is then set aside with its bytes: shown, and replayable
 * once the reason (a trust list that is too old, say) is gone. The verifier's refusal `signature.*` is the `cause`.
 */
export const checkSealed = (seals: OrderSeals, claimed: Claimed): void =>
  sealing(claimed.orderId, () => {
    if (!isUnsealed(seals, claimed.orderId, claimed.seal)) checkStatement(seals, claimed);
  });

const checkStatement = (seals: OrderSeals, claimed: Claimed): void => {
  const { type, orderId, members, seal } = claimed;
  const statement = JSON.parse(seal?.statement ?? '') as Statement;
  if (statement.type !== type) throw differs(orderId, `the kind of statement (${statement.type})`);
  // Signed anew when officers confirmed moved records: the key must serve then, and the order is as old as it is.
  const at = signedAt(orderId, statement['sealedAt'] ?? statement['signedAt'] ?? statement['liftedAt']);
  seals.verifier.check(statement, seal?.signature, { service: 'enforcement', signedAt: at });
  for (const [name, value] of Object.entries({ orderId, ...members })) {
    const sealed = statement[name];
    if (sealed === undefined && ADDED_SINCE.includes(name)) continue;
    if (sealed === undefined || canonical(sealed) !== canonical(value)) throw differs(orderId, name);
  }
  checkRows(claimed, statement);
};

/**
 * When enforcement decided it, by its own seal over all that the message says; null where messages without a seal are still
 * taken, and this is one. Throws as `checkSealed`.
 */
export const checkNotice = (seals: OrderSeals, notice: Notice & { readonly value: { readonly seal?: Seal | undefined } }): Date | null =>
  sealing(notice.value.orderId, () => {
    const { orderId, seal } = notice.value;
    if (isUnsealed(seals, orderId, seal)) return null;
    const statement = noticeStatement(notice);
    if (seal?.statement !== canonical(statement)) throw differs(orderId, statement.type);
    const at = signedAt(orderId, noticeAt(notice)?.toISOString());
    seals.verifier.check(statement, seal.signature, { service: 'enforcement', signedAt: at });
    return at;
  });
