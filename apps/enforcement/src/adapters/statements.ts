// The signed statements about an order, as JSON: the order, its liftings, its receipts. Numbers are strings of digits, times
// are UTC with milliseconds, roots are hex, so that a verifier in another language writes the same bytes. A statement is built
// once and stored with its signature. Members may be added; any other change here needs a new `type`.
import { ATTESTATIONS, packageStatement, receiptStatement, scopeStatement, type ReceiptStatement } from '@hengji/contracts';
import type { PackageItem } from '@hengji/contracts/enforcement/v1/order';
import { canonical, type Statement } from '@hengji/host';
import type { Inclusion } from '../application/proof/ports';
import { getRow, type Row } from '../domain/ledger';
import { decisionOf, type Lifting, type Order } from '../domain/order';
import type { Attestation, Seal } from '../domain/proof';
import type { Filed } from '@hengji/procedure';

const timeText = (at: Date | null | undefined): string => at?.toISOString() ?? '';
const hex = (bytes: Uint8Array | null | undefined): string => Buffer.from(bytes ?? []).toString('hex');

const rowStatement = (row: Row) => ({
  row: String(row.number),
  measure: row.measure ?? '',
  service: row.target.service,
  effect: row.target.effect,
  afterRow: String(row.afterRow),
  undoesRow: String(row.undoesRow),
  signedCount: String(row.signedCount),
  signedRoot: hex(row.undoesRow === 0 ? row.preview?.root : null),
});

/** The preview of the row beside its records: money and people, as shown to the signer. */
const previewStatement = ({ preview }: Row) => ({ signedFen: String(preview?.fen ?? 0n), signedPeople: String(preview?.people ?? 0n) });

/**
 * The order (处理决定), with the exact records that each row may touch: their number, the root over their ids, money and
 * people. The confirmation of a drift signs it again: the decision keeps its time, and `sealedAt` is the time of the new
 * signature. A transfer has `package` with the hash of each item. Other orders, and transfers from before packages were signed,
 * have no `package`.
 */
export const orderStatement = (order: Order, sealedAt: Date, items: readonly PackageItem[] = []) => ({
  type: 'hengji.order.v1',
  orderId: order.id,
  caseId: order.caseId,
  interim: order.interim,
  documentNo: order.signature?.documentNo ?? '',
  epoch: String(order.signature?.epoch ?? 0n),
  scope: scopeStatement(order.scope),
  institutionName: order.institutionName,
  authority: order.authority,
  measures: [...order.measures],
  grounds: [...order.grounds],
  reason: order.reason,
  urgency: order.urgency,
  endCondition: order.endCondition,
  rectifyBy: order.rectifyBy,
  supersedes: order.supersedes,
  draftedBy: order.draftedBy,
  draftedAt: timeText(order.draftedAt),
  signedBy: order.signature?.by ?? '',
  signedAt: timeText(order.signature?.at),
  sealedAt: timeText(sealedAt),
  rows: order.rows.filter((row) => row.lifting === 0).map((row) => ({ ...rowStatement(row), ...previewStatement(row) })),
  ...(items.length > 0 && { package: packageStatement(items) }),
});

/** A lifting (解除决定), whole or in part. */
export const liftingStatement = (order: Order, lifting: Lifting, sealedAt: Date) => ({
  type: 'hengji.lifting.v1',
  orderId: order.id,
  lifting: String(lifting.number),
  documentNo: lifting.documentNo,
  epoch: String(lifting.epoch),
  ground: lifting.ground,
  reason: lifting.reason,
  scope: scopeStatement(lifting.scope),
  measures: [...lifting.measures],
  whole: lifting.whole,
  liftedBy: lifting.by,
  liftedAt: timeText(lifting.at),
  sealedAt: timeText(sealedAt),
  rows: order.rows.filter((row) => row.lifting === lifting.number).map(rowStatement),
});

/** The statement that the row's service signed, or should have signed; undefined without a receipt. */
export const receiptStatementOf = (order: Order, row: Row): ReceiptStatement | undefined => {
  if (!row.receipt) return undefined;
  const { service, effect } = row.target;
  const epoch = decisionOf(order, row)?.epoch ?? 0n;
  return receiptStatement({ orderId: order.id, row: row.number, service, effect, undo: row.undoesRow > 0, epoch }, row.receipt);
};

/** Statements without `sealedAt` are older: they were sealed at their decision. */
interface SealedTimes {
  readonly sealedAt?: string;
  readonly signedAt?: string;
  readonly liftedAt?: string;
  readonly rows: readonly Readonly<Record<string, string>>[];
}

const latest = (times: readonly (Date | null | undefined)[]): string =>
  timeText(times.reduce<Date | null>((last, at) => (at && (!last || at > last) ? at : last), null));

/** When the public could first read the order: the receipt time of the row that publishes it; null without that row. */
export const publicAt = (order: Order): Date | null =>
  order.rows.find((row) => row.lifting === 0 && row.target.effect === 'PUBLISH_NOTICE')?.receipt?.finishedAt ?? null;

const outcomeOf = (order: Order): string => {
  if (order.state === 'LIFTED') return 'LIFTED';
  return order.liftings.some(({ completedAt }) => completedAt) ? 'COMPLETED_PARTLY_LIFTED' : 'COMPLETED';
};

/** A signed statement, of any signer. */
type SignedJson = Readonly<Record<string, string>> & { readonly type: string };

const signedJson = ({ statement, ...signature }: Seal | Attestation) => ({
  statement: JSON.parse(statement) as SignedJson,
  signature: signatureJson(signature),
});

type Said = ReturnType<typeof signedJson>;

const ofType = (said: readonly Said[], ...types: readonly string[]): Said[] =>
  said.filter(({ statement }) => types.includes(statement.type));

/** The time of the last count, by its service's clock. */
const zeroAt = (residual: readonly Said[]): string =>
  residual.map(({ statement }) => statement['countedAt'] ?? '').reduce((last, at) => (at > last ? at : last), '');

/** The data of a certificate beside the order: `filed` at its issue; absent in older certificates without that list. */
export interface CompletionOf {
  readonly version: number;
  readonly issuedAt: Date;
  readonly filed?: readonly Filed[];
}

/** The completion (执行完成): all statements that were signed on the way, and `attested`, the services' final counts and cross-checks. */
export const completionStatement = (order: Order, attested: readonly Attestation[], { version, issuedAt, filed }: CompletionOf) => {
  const said = attested.map(signedJson);
  const residual = ofType(said, ATTESTATIONS.residual);
  return {
    type: 'hengji.completion.v2',
    version: String(version),
    orderId: order.id,
    documentNo: order.signature?.documentNo ?? '',
    institution: order.scope.institution,
    institutionName: order.institutionName,
    outcome: outcomeOf(order),
    issuedAt: timeText(issuedAt),
    times: {
      signed: timeText(order.signature?.at),
      fenced: latest(order.fences.map(({ placedAt }) => placedAt)),
      issued: timeText(order.issuedAt),
      public: timeText(publicAt(order)),
      receipts: latest(order.rows.filter((row) => row.lifting === 0).map((row) => row.receipt?.finishedAt)),
      zero: zeroAt(residual),
      completed: timeText(order.completedAt),
    },
    decisions: order.seals.map(signedJson),
    fences: order.fences.flatMap(({ attestation }) => (attestation ? [signedJson(attestation)] : [])),
    receipts: order.rows.flatMap((row) => {
      const statement = receiptStatementOf(order, row);
      return statement ? [{ statement, signature: row.receipt?.signature ? signatureJson(row.receipt.signature) : null }] : [];
    }),
    residual,
    crossChecks: ofType(said, ATTESTATIONS.affected, ATTESTATIONS.contradictions),
    liftings: order.liftings.map(({ number, completedAt }) => ({ lifting: String(number), completedAt: timeText(completedAt) })),
    ...(filed && { filed: filed.map((one) => ({ ...one })) }),
  };
};

/** The seal of the decision that asked for the row: the last seal of the order, or the seal of the lifting. */
export const sealOf = (order: Order, row: Row): Seal | undefined =>
  order.seals.findLast(({ statement }) => {
    const { type, lifting } = JSON.parse(statement) as { type: string; lifting?: string };
    return row.lifting === 0 ? type === 'hengji.order.v1' : type === 'hengji.lifting.v1' && lifting === String(row.lifting);
  });

/** Members that older sealed rows do not have. */
const isAddedSince = (name: string): boolean => name === 'signedFen' || name === 'signedPeople';

/** The statement and time of a seal, and whether its row equals the row of the ledger. */
export const sealedRow = (
  seal: Seal,
  row: Row,
): { statement: Statement; sealedAt: Date; isSame: boolean; differing: readonly string[] } => {
  const statement = JSON.parse(seal.statement) as Statement & SealedTimes;
  const { sealedAt, signedAt, liftedAt, rows } = statement;
  const named = rows.find((one) => one['row'] === String(row.number));
  const facts = Object.entries({ ...rowStatement(row), ...(row.lifting === 0 && previewStatement(row)) });
  const differing = facts.flatMap(([name, fact]) =>
    named?.[name] === fact || (named !== undefined && named[name] === undefined && isAddedSince(name)) ? [] : [name],
  );
  return { statement, sealedAt: new Date(sealedAt ?? signedAt ?? liftedAt ?? ''), isSame: differing.length === 0, differing };
};

/** A proof file (存证文件): one record in the receipt of a row, with everything needed to check it. */
export const proofFile = (order: Order, asked: { row: number; recordId: string }, inclusion: Inclusion): string => {
  const row = getRow(order.rows, asked.row);
  const seal = sealOf(order, row);
  const statement = receiptStatementOf(order, row);
  if (!seal || !statement || !row.receipt?.signature) throw new Error(`order ${order.id} has no signed receipt of row ${asked.row}`);
  const { before, after, index, path } = inclusion;
  return canonical({
    type: 'hengji.proof.v1',
    record: { id: asked.recordId, before, after, index: String(index), path: path.map(hex) },
    receipt: { statement, signature: signatureJson(row.receipt.signature) },
    decision: { statement: JSON.parse(seal.statement) as Readonly<Record<string, never>>, signature: signatureJson(seal) },
  });
};

/** A signature in the form of a file. */
export const signatureJson = ({ keyId, algorithm, value }: { keyId: string; algorithm: string; value: Uint8Array }) => ({
  keyId,
  algorithm,
  value: hex(value),
});
