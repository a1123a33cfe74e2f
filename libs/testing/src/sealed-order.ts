// Orders and liftings of a test, sealed as enforcement seals what its officers sign: by enforcement's test key, over the very
// scope and rows that go out.
import { Scope, type RowAsk, type Seal } from '@hengji/contracts/enforcement/v1/order';
import { canonical, type JsonValue } from '@hengji/host';
import { testSigner } from './keys';

interface Announced {
  readonly orderId: string;
  readonly epoch: bigint;
  readonly scope: Scope | undefined;
  readonly rows: readonly RowAsk[];
  readonly measures?: readonly string[];
  readonly liftedAt?: Date | undefined;
  readonly seal: Seal | undefined;
}

const rowStatement = (row: RowAsk) => ({
  row: String(row.row),
  service: row.effect?.$case ?? '',
  effect: row.effect?.value ?? '',
  undoesRow: String(row.undoesRow),
  signedCount: String(row.signedCount),
  signedRoot: Buffer.from(row.signedRoot).toString('hex'),
});

const statementOf = ({ orderId, epoch, scope, rows, measures }: Announced) => {
  const facts = {
    ...{ orderId, epoch: String(epoch), rows: rows.map(rowStatement) },
    scope: JSON.parse(JSON.stringify(Scope.fromPartial(scope ?? {}))) as JsonValue,
  };
  const at = new Date().toISOString();
  return measures
    ? { type: 'hengji.order.v1', ...facts, measures: [...measures], signedAt: at }
    : { type: 'hengji.lifting.v1', ...facts, liftedAt: at };
};

/** The message with its seal. */
export const sealed = <Message extends Announced>(message: Message): Message => {
  const statement = statementOf(message);
  return { ...message, seal: { statement: canonical(statement), signature: testSigner('enforcement').sign(statement) } };
};
