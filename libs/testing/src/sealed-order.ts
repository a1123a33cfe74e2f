// Orders, liftings and notices about them, sealed as enforcement seals what its officers sign: with enforcement's test
// key, over everything that is published.
import { noticeStatement, scopeStatement, type Notice } from '@hengji/contracts';
import type { OrderIssued, OrderLifted } from '@hengji/contracts/enforcement/v1/enforcement_events';
import { Scope, type RowAsk, type Seal } from '@hengji/contracts/enforcement/v1/order';
import { canonical, type JsonValue, type Statement } from '@hengji/host';
import { testSigner } from './keys';

/** The fields of the statement that differ from the message; undefined: the field is left out. */
type Otherwise = Readonly<Record<string, JsonValue | undefined>>;

const rowStatement = (row: RowAsk) => ({
  row: String(row.row),
  measure: row.measure === 'UNSPECIFIED' ? '' : row.measure,
  service: row.effect?.$case ?? '',
  effect: row.effect?.value ?? '',
  afterRow: String(row.afterRow),
  undoesRow: String(row.undoesRow),
  signedCount: String(row.signedCount),
  signedRoot: Buffer.from(row.signedRoot).toString('hex'),
});

const scopeOf = (scope: Scope | undefined): JsonValue => scopeStatement(Scope.fromPartial(scope ?? {}));

const orderStatement = ({ orderId, epoch, scope, rows, ...order }: OrderIssued) => ({
  type: 'hengji.order.v1',
  ...{ orderId, epoch: String(epoch), scope: scopeOf(scope), rows: rows.map(rowStatement) },
  documentNo: order.documentNo,
  measures: [...order.measures],
  rectifyBy: order.rectifyBy,
  signedAt: order.signedAt?.toISOString() ?? '',
  package: order.package.map(({ bytes, sha256, ...item }) => ({
    ...item,
    bytes: String(bytes),
    sha256: Buffer.from(sha256).toString('hex'),
  })),
});

const liftingStatement = ({ orderId, epoch, scope, rows, ...lifting }: OrderLifted) => ({
  type: 'hengji.lifting.v1',
  ...{ orderId, epoch: String(epoch), scope: scopeOf(scope), rows: rows.map(rowStatement) },
  documentNo: lifting.documentNo,
  lifting: String(lifting.lifting),
  whole: !lifting.partial,
  reason: lifting.reason,
  liftedAt: lifting.liftedAt?.toISOString() ?? '',
});

const signedStatement = (statement: Statement): Seal => ({
  statement: canonical(statement),
  signature: testSigner('enforcement').sign(statement),
});

/** The order or lifting with its seal; `otherwise` changes the statement before it is signed. */
export const sealed = <Message extends OrderIssued | OrderLifted>(message: Message, otherwise: Otherwise = {}): Message => {
  const statement = 'measures' in message ? orderStatement(message) : liftingStatement(message);
  const changed = Object.entries({ ...statement, ...otherwise }).filter(([, value]) => value !== undefined);
  return { ...message, seal: signedStatement(Object.fromEntries(changed) as unknown as Statement) };
};

/** A notice about what happened to an order, with enforcement's seal. */
export const sealedNotice = <N extends Notice>(notice: N): N & { value: { seal: Seal } } => ({
  ...notice,
  value: { ...notice.value, seal: signedStatement(noticeStatement(notice)) },
});
