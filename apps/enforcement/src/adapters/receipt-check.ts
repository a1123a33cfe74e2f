// Whether a receipt is what it says: signed by the key of the service that was asked, for this order, row and epoch, with just
// these counts, within the order's own time. Nothing of it is believed because Kafka brought it.
import { receiptStatement } from '@hengji/contracts';
import { Refusal } from '@hengji/domain-kit';
import type { Verifier } from '@hengji/host';
import type { Receipts } from '../application/proof/ports';
import { isUndo, type Receipt, type Report } from '../domain/ledger';
import { decisionOf, type Order } from '../domain/order';

/** The services' clocks and ours may differ by this much. */
const CLOCKS_DIFFER_MS = 5 * 60_000;

const refuse = (reason: string, message: string, field = 'receipt'): never => {
  throw new Refusal('forbidden', `receipt.${reason}`, message, { field, rule: 'N3.5d' });
};

/** What is wrong with a signature, as the ledger says it. */
const FINDINGS: Readonly<Record<string, readonly [reason: string, message: string]>> = {
  'signature.missing': ['unsigned', '回执没有签名'],
  'signature.invalid': ['forged', '回执的签名与其内容不符：内容被改动，或签的是别的行、别的决定'],
  'signature.wrong_service': ['wrong_key', '回执不是由被请求的服务签名的'],
  'signature.key_unknown': ['key_unknown', '签署回执的密钥不在公钥清单中'],
  'signature.key_retired': ['key_retired', '签署回执的密钥在签署时已经停用'],
  'signature.key_revoked': ['key_revoked', '签署回执的密钥已经作废'],
  'signature.key_not_yet_valid': ['key_not_yet_valid', '签署回执的密钥在签署时尚未启用'],
};

const checkTimes = ({ startedAt, finishedAt }: Receipt, orderedAt: Date, now: Date): Date => {
  if (!startedAt || !finishedAt || finishedAt < startedAt)
    return refuse('times_invalid', '回执的起止时间不完整或颠倒', 'receipt.finished_at');
  // A key that was retired could still sign with an earlier date: no earlier than the decision that it answers.
  if (finishedAt.getTime() < orderedAt.getTime() - CLOCKS_DIFFER_MS)
    refuse('before_order', '回执的时间早于所执行的决定', 'receipt.finished_at');
  if (finishedAt.getTime() > now.getTime() + CLOCKS_DIFFER_MS) refuse('in_future', '回执的时间尚未到来', 'receipt.finished_at');
  return finishedAt;
};

type Reported = Extract<Report, { kind: 'reported' }>;

const checkSigned = (verifier: Verifier, order: Order, report: Reported, now: Date): void => {
  const row = order.rows.find((one) => one.number === report.row);
  const decision = row && decisionOf(order, row);
  // An unknown row, or one of an order that nobody signed, is refused by the ledger itself.
  if (!row || !decision) return;
  const { service, effect } = row.target;
  const of = { orderId: order.id, row: row.number, service, effect, undo: isUndo(row), epoch: report.epoch };
  const { signature, finishedAt } = report.receipt;
  try {
    verifier.check(receiptStatement(of, report.receipt), signature, { service, signedAt: finishedAt ?? new Date(0) });
  } catch (failure) {
    const finding = failure instanceof Refusal ? FINDINGS[failure.reason] : undefined;
    if (finding) refuse(...finding);
    throw failure;
  }
  checkTimes(report.receipt, decision.at, now);
};

/** Refuses `receipt.unsigned`, `.forged`, `.wrong_key`, `.key_*`, `.times_invalid`, `.before_order` and `.in_future`. */
export const receiptCheck =
  (verifier: Verifier): Receipts<never>['check'] =>
  (order, report, now) => {
    if (report.kind === 'reported') checkSigned(verifier, order, report, now);
  };
