// What a service signed when it had carried out a row: its signature, that the effect is one of its own, that the numbers agree
// with each other, and that it answers just the row of the decision that it claims to answer.
import { checkSignature, type Statement, type TrustedKey } from '@hengji/host';
import type { AskedRow } from './decisions';
import { EXACT, HOLDS, ownerOf } from './demands';
import type { Findings } from './findings';
import { count, members, sha256Hex, text, time, truth, type Fields, type SignedText } from './shapes';

/** Clocks of two services may differ by this much. */
export const CLOCKS_DIFFER_MS = 5 * 60_000;

/** A receipt that its service has signed. */
export interface ReceiptText {
  readonly row: string;
  readonly orderId: string;
  readonly service: string;
  readonly effect: string;
  readonly undo: boolean;
  readonly epoch: string;
  readonly matched: bigint;
  readonly changed: bigint;
  readonly already: bigint;
  readonly left: bigint;
  readonly leaves: bigint;
  /** Hex. */
  readonly root: string;
  readonly startedAt: Date;
  readonly finishedAt: Date;
}

/** The decision that the receipt is held against. */
export interface Answered {
  readonly row: AskedRow | undefined;
  readonly orderId: string;
  readonly witnessedAt?: Date;
  /** True if something of the order was lifted since: a row that was worked again leaves that out. */
  readonly lifted?: boolean;
}

const COUNTS = ['matched', 'changed', 'already', 'left', 'leaves', 'fen'];
const TEXTS = ['type', 'orderId', 'row', 'service', 'effect', 'undo', 'epoch', 'root', 'startedAt', 'finishedAt'];

const read = (statement: Fields): ReceiptText => {
  const fields = members(statement, 'receipt', [...TEXTS, ...COUNTS]);
  const number = (name: string): bigint => count(fields[name], name);
  const counts = { matched: number('matched'), changed: number('changed'), already: number('already'), left: number('left') };
  number('fen');
  return {
    ...counts,
    row: String(number('row')),
    orderId: text(fields['orderId'], 'orderId'),
    service: text(fields['service'], 'service'),
    effect: text(fields['effect'], 'effect'),
    undo: truth(fields['undo'], 'undo'),
    epoch: String(number('epoch')),
    leaves: number('leaves'),
    root: sha256Hex(fields['root'], 'root'),
    startedAt: time(fields['startedAt'], 'startedAt'),
    finishedAt: time(fields['finishedAt'], 'finishedAt'),
  };
};

/** Each record found was changed or was so already, and has its leaf; a hold has one leaf, itself. Only an undo leaves records as they are. */
const agrees = ({ effect, undo, matched, changed, already, left, leaves }: ReceiptText): boolean =>
  matched === changed + already && leaves === (HOLDS.includes(effect) ? 1n : matched) && left <= (undo ? already : 0n);

/** Reads a receipt and checks the signature of the service that it names; with `asked`, also that it answers that very row. */
export const checkReceipt = (
  found: Findings,
  keys: readonly TrustedKey[],
  { statement, signature }: SignedText,
  asked?: Answered,
): ReceiptText | undefined => {
  if (!found.note('receipt.type', statement.type === 'hengji.receipt.v1', '回执类型正确', `不认识的回执类型：${statement.type}`))
    return undefined;
  const receipt = read(statement);
  const { row, service, effect, matched, changed, finishedAt, startedAt } = receipt;
  const name = `第${row}行回执（${service} · ${effect}，命中${matched}条、变更${changed}条）`;
  const isSigned = found.attempt('receipt.signature', `${name}由 ${service} 签名（${signature?.keyId ?? '无签名'}）`, () =>
    checkSignature(keys, statement as unknown as Statement, signature, { service, signedAt: finishedAt, witnessedAt: asked?.witnessedAt }),
  );
  const isOwn = found.note(
    'receipt.effect',
    ownerOf(effect) === service,
    `${effect} 由 ${service} 执行`,
    `${service} 没有 ${effect} 这项职能`,
  );
  const isWhole = found.note(
    'receipt.counts',
    agrees(receipt) && startedAt <= finishedAt,
    `第${row}行各项数量与起止时间前后一致`,
    `第${row}行各项数量或起止时间自相矛盾`,
  );
  const isAnswer = asked === undefined ? saysAlone(found) : checkAnswer(found, receipt, asked);
  return isSigned && isOwn && isWhole && isAnswer ? receipt : undefined;
};

/** A receipt by itself says what its service did, and not that anybody had decided so. */
const saysAlone = (found: Findings): boolean =>
  found.note('receipt.alone', true, '只核对了回执本身：没有随附处理决定，是否有此决定、是否照此执行，未予核对');

const isBound = (row: AskedRow, matched: bigint, lifted: boolean): boolean => {
  if (row.undo || HOLDS.includes(row.effect)) return true;
  const isExact = EXACT.includes(row.effect) && row.signedRoot !== '' && !lifted;
  return isExact ? matched === row.signedCount : matched <= row.signedCount;
};

const checkAnswer = (found: Findings, receipt: ReceiptText, { row, orderId, lifted }: Answered): boolean => {
  const number = receipt.row;
  if (!row) return found.note('receipt.row', false, `决定中没有第${number}行`);
  const isSame =
    receipt.orderId === orderId &&
    receipt.service === row.service &&
    receipt.effect === row.effect &&
    receipt.epoch === row.epoch &&
    receipt.undo === row.undo;
  const isBoundTo = isBound(row, receipt.matched, lifted ?? false);
  const isAfter = receipt.finishedAt.getTime() >= row.decidedAt.getTime() - CLOCKS_DIFFER_MS;
  return (
    found.note('receipt.answers', isSame, `第${number}行回执与决定所请求的一致`, `第${number}行回执不是对决定该行的回答`) &&
    found.note('receipt.after', isAfter, `第${number}行在决定之后执行`, `第${number}行回执的时间早于所执行的决定`) &&
    found.note('receipt.bound', isBoundTo, `第${number}行与签发的数量相符`, `第${number}行与签发的数量${row.signedCount}不符`)
  );
};
