// Checks that an order comes from enforcement. The broker allows only enforcement to write the topic, but an order voids certificates, so
// the service checks the order's own signature too. A service accepts a row only if enforcement's key signed exactly this row of this order
// on this scope. A service releases a hold only if that key signed the release. Another writer to Kafka can therefore repeat a message,
// which changes nothing, but cannot issue, widen or end an order.
import { noticeAt, noticeStatement, packageStatement, scopeStatement, type Notice } from '@hengji/contracts';
import type { OrderIssued, OrderLifted } from '@hengji/contracts/enforcement/v1/enforcement_events';
import { Scope, type RowAsk, type Seal } from '@hengji/contracts/enforcement/v1/order';
import { Refusal } from '@hengji/domain-kit';
import { canonical, type JsonValue, type Statement, type Verifier } from '@hengji/host';
import { describeFailure, NotSealed } from '@hengji/messaging';

/** How orders from Kafka are checked. */
export interface OrderSeals {
  readonly verifier: Verifier;
  /** For the first upgrade to sealed orders only: a message without any seal is accepted, as before seals existed. */
  readonly acceptUnsealed: boolean;
}

/** What an order, a lifting or a confirmed row claims, in the terms of its statement. */
export interface Claimed {
  /** The only type of statement that may state this. */
  readonly type: 'hengji.order.v1' | 'hengji.lifting.v1';
  readonly orderId: string;
  /** Members of the statement that the message repeats, with the values from the message. */
  readonly members: Readonly<Record<string, JsonValue>>;
  /** The rows that this service would act on. */
  readonly rows: readonly RowAsk[];
  readonly seal?: Seal | undefined;
}

const differs = (orderId: string, what: string): Error => new NotSealed(`order ${orderId}: ${what} is not what enforcement signed`);

const timeText = (at: Date | undefined): string => at?.toISOString() ?? '';
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const scopeOf = (scope: Scope | undefined): JsonValue => scopeStatement(Scope.fromPartial(scope ?? {}));

/** The claims of an issued order; `own` are the rows of this service. */
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

/** The claims of a lifting. */
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

/** The claims of a row that was confirmed anew: the newly signed order binds the row in this form. */
export const claimedByRow = (orderId: string, row: RowAsk, seal: Seal | undefined): Claimed => ({
  type: 'hengji.order.v1',
  orderId,
  rows: [row],
  seal,
  members: {},
});

/** Members that older statements lack: in those statements nothing binds the member's content, as when they were signed. */
const ADDED_SINCE: readonly string[] = ['package'];

const ROW_FACTS = ['row', 'measure', 'service', 'effect', 'afterRow', 'undoesRow', 'signedCount', 'signedRoot'] as const;
type RowFacts = Readonly<Record<(typeof ROW_FACTS)[number], string>>;

const factsOf = ({ row, measure, effect, afterRow, undoesRow, signedCount, signedRoot }: RowAsk): RowFacts => ({
  row: String(row),
  // Notices have no measure.
  measure: measure === 'UNSPECIFIED' ? '' : measure,
  service: effect?.$case ?? '',
  effect: effect?.value ?? '',
  afterRow: String(afterRow),
  undoesRow: String(undoesRow),
  signedCount: String(signedCount),
  // A lifting takes back the claimed records, and the claims bind it.
  signedRoot: undoesRow === 0 ? hex(signedRoot) : '',
});

const lineOf = (facts: RowFacts): string => ROW_FACTS.map((name) => facts[name]).join(' ');

const checkRows = ({ orderId, rows }: Claimed, statement: Statement): void => {
  const sealed = new Set((statement['rows'] as unknown as readonly RowFacts[]).map(lineOf));
  for (const ask of rows) {
    // `undo` decides the direction of the effect; the statement expresses it by the row that is undone.
    if (ask.undo !== ask.undoesRow > 0 || !sealed.has(lineOf(factsOf(ask)))) throw differs(orderId, `row ${ask.row}`);
  }
};

/** When the key was used. Without a time a key that has ended would pass as valid. */
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

/** Every error during the check of a seal has one meaning: the message is not sealed. */
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
 * Throws NotSealed unless enforcement's key signed all claims. The message is then parked with its bytes: operators see it and can replay
 * it once the cause (for example an outdated trust list) is gone. The verifier's refusal `signature.*` is the `cause`.
 */
export const checkSealed = (seals: OrderSeals, claimed: Claimed): void =>
  sealing(claimed.orderId, () => {
    if (!isUnsealed(seals, claimed.orderId, claimed.seal)) checkStatement(seals, claimed);
  });

const checkStatement = (seals: OrderSeals, claimed: Claimed): void => {
  const { type, orderId, members, seal } = claimed;
  const statement = JSON.parse(seal?.statement ?? '') as Statement;
  if (statement.type !== type) throw differs(orderId, `the kind of statement (${statement.type})`);
  // Signed anew when officers confirmed moved records: the key must be valid at that time, and the order keeps its own date.
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
 * The time of enforcement's decision, from its own seal over the whole message. Null if messages without a seal are still accepted and this
 * one has none. Throws as `checkSealed`.
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
