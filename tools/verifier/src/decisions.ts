// What enforcement signed (the order, its liftings) and what the services signed (receipts), each with its own signature, and
// whether a receipt answers a row of the decision that it claims to answer.
import { checkSignature, type Statement, type TrustedKey } from '@hengji/host';
import type { Findings } from './findings';
import { count, list, members, text, time, truth, type Fields, type SignedText } from './shapes';

/** One row that a decision asks of a service. */
export interface AskedRow {
  readonly row: string;
  readonly service: string;
  readonly effect: string;
  readonly undo: boolean;
  readonly epoch: string;
  readonly signedCount: bigint;
  /** Of the order: '0'; else the number of the lifting. */
  readonly lifting: string;
}

/** A decision that bears enforcement's signature. */
export interface DecisionText {
  readonly lifting: string;
  readonly documentNo: string;
  readonly signedAt: Date;
  readonly rows: readonly AskedRow[];
}

const DECISIONS: Readonly<Record<string, { readonly at: string; readonly name: string }>> = {
  'hengji.order.v1': { at: 'signedAt', name: '处理决定' },
  'hengji.lifting.v1': { at: 'liftedAt', name: '解除决定' },
};

const rowsOf = (statement: Fields, lifting: string): AskedRow[] =>
  list(statement['rows'], 'rows').map((value, i) => {
    const row = members(value, `rows[${i}]`);
    return {
      row: text(row['row'], 'row'),
      service: text(row['service'], 'service'),
      effect: text(row['effect'], 'effect'),
      undo: text(row['undoesRow'], 'undoesRow') !== '0',
      epoch: text(statement['epoch'], 'epoch'),
      signedCount: count(row['signedCount'], 'signedCount'),
      lifting,
    };
  });

const statementOf = ({ statement }: SignedText): Statement => statement as unknown as Statement;

/** Reads a decision of the order and checks enforcement's signature over it. */
export const checkDecision = (
  found: Findings,
  keys: readonly TrustedKey[],
  signed: SignedText,
  of: { readonly orderId: string; readonly witnessedAt?: Date },
): DecisionText | undefined => {
  const { statement } = signed;
  const kind = DECISIONS[statement.type];
  if (!kind) {
    found.note('decision.type', false, `不认识的决定类型：${statement.type}`);
    return undefined;
  }
  const lifting = statement.type === 'hengji.order.v1' ? '0' : text(statement['lifting'], 'lifting');
  const signedAt = time(statement[kind.at], kind.at);
  const documentNo = text(statement['documentNo'], 'documentNo');
  const name = `${kind.name} ${documentNo}`;
  const { witnessedAt } = of;
  const isSigned = found.attempt('decision.signature', `${name} 由执法服务签名（${signed.signature?.keyId ?? '无签名'}）`, () =>
    checkSignature(keys, statementOf(signed), signed.signature, { service: 'enforcement', signedAt, witnessedAt }),
  );
  const isSame = found.note(
    'decision.order',
    text(statement['orderId'], 'orderId') === of.orderId,
    `${name} 属于本处理决定`,
    `${name} 属于另一处理决定`,
  );
  return isSigned && isSame ? { lifting, documentNo, signedAt, rows: rowsOf(statement, lifting) } : undefined;
};

/** Hold effects answer for however many records they find; the others for no more than was signed. */
const isHold = (effect: string): boolean => effect.startsWith('HOLD_');

/** A receipt that its service has signed. */
export interface ReceiptText {
  readonly row: string;
  readonly orderId: string;
  readonly root: Uint8Array;
  readonly leaves: bigint;
  readonly finishedAt: Date;
}

const NUMBERS = ['matched', 'changed', 'already', 'left', 'leaves', 'fen', 'epoch', 'row'];

/** Reads a receipt and checks the signature of the service that it names; with `asked`, also that it answers that very row. */
export const checkReceipt = (
  found: Findings,
  keys: readonly TrustedKey[],
  signed: SignedText,
  asked?: { readonly row: AskedRow | undefined; readonly orderId: string; readonly witnessedAt?: Date },
): ReceiptText | undefined => {
  const { statement } = signed;
  if (!found.note('receipt.type', statement.type === 'hengji.receipt.v1', '回执类型正确', `不认识的回执类型：${statement.type}`))
    return undefined;
  const [row, service, effect, orderId] = ['row', 'service', 'effect', 'orderId'].map((name) => text(statement[name], name));
  NUMBERS.forEach((name) => count(statement[name], name));
  const finishedAt = time(statement['finishedAt'], 'finishedAt');
  const root = Buffer.from(text(statement['root'], 'root'), 'hex');
  const name = `第${row}行回执（${service} · ${effect}，命中${String(statement['matched'])}条、变更${String(statement['changed'])}条）`;
  const isSigned = found.attempt('receipt.signature', `${name}由 ${service} 签名（${signed.signature?.keyId ?? '无签名'}）`, () =>
    checkSignature(keys, statementOf(signed), signed.signature, {
      service: service ?? '',
      signedAt: finishedAt,
      witnessedAt: asked?.witnessedAt,
    }),
  );
  const isAnswer = asked === undefined || checkAnswer(found, statement, asked);
  return isSigned && isAnswer
    ? { row: row ?? '', orderId: orderId ?? '', root, leaves: count(statement['leaves'], 'leaves'), finishedAt }
    : undefined;
};

const checkAnswer = (found: Findings, statement: Fields, { row, orderId }: { row: AskedRow | undefined; orderId: string }): boolean => {
  const number = String(statement['row']);
  if (!row) return found.note('receipt.row', false, `决定中没有第${number}行`);
  const isSame =
    statement['orderId'] === orderId &&
    statement['service'] === row.service &&
    statement['effect'] === row.effect &&
    statement['epoch'] === row.epoch &&
    truth(statement['undo'], 'undo') === row.undo;
  const isBound = isHold(row.effect) || row.undo || count(statement['matched'], 'matched') <= row.signedCount;
  return (
    found.note('receipt.answers', isSame, `第${number}行回执与决定所请求的一致`, `第${number}行回执不是对决定该行的回答`) &&
    found.note('receipt.bound', isBound, `第${number}行没有超出签发的数量`, `第${number}行超出签发的数量${row.signedCount}`)
  );
};
