// Checks a receipt: signed by the key of the asked service, for this order, row and epoch, with exactly these counts, within
// the order's own time. Delivery by Kafka proves nothing.
import { receiptStatement } from '@hengji/contracts';
import { Refusal } from '@hengji/domain-kit';
import type { Verifier } from '@hengji/host';
import type { Receipts } from '../application/proof/ports';
import { isUndo, type Receipt, type Row } from '../domain/ledger';
import { decisionOf, type Order } from '../domain/order';
import { checkCounts } from '../domain/receipt-counts';
import { sealedRow, sealOf } from './statements';

/** The clocks of the services and of enforcement may differ by this much. */
export const CLOCKS_DIFFER_MS = 5 * 60_000;

const refuse = (reason: string, message: string, field = 'receipt'): never => {
  throw new Refusal('forbidden', `receipt.${reason}`, message, { field, rule: 'N3.5c' });
};

/** The faults of a signature, as the ledger names them for a receipt (回执), a fence (围栏) or a count (清点). */
const FINDINGS: Readonly<Record<string, readonly [reason: string, message: (noun: string) => string]>> = {
  'signature.missing': ['unsigned', (noun) => `${noun}没有签名`],
  'signature.invalid': ['forged', (noun) => `${noun}的签名与其内容不符：内容被改动，或签的是别的内容、别的决定`],
  'signature.wrong_service': ['wrong_key', (noun) => `${noun}不是由被请求的服务签名的`],
  'signature.key_unknown': ['key_unknown', (noun) => `签署${noun}的密钥不在公钥清单中`],
  'signature.key_retired': ['key_retired', (noun) => `签署${noun}的密钥在签署时已经停用`],
  'signature.key_revoked': ['key_revoked', (noun) => `签署${noun}的密钥已经作废`],
  'signature.key_not_yet_valid': ['key_not_yet_valid', (noun) => `签署${noun}的密钥在签署时尚未启用`],
};

/** A kind of signed statement: its slug in refusals and its Chinese noun. */
export interface Kind {
  readonly slug: string;
  readonly noun: string;
}

/** Runs the check; a fault of the signature is refused as `<slug>.unsigned`, `.forged`, `.wrong_key` or `.key_*`. */
export const refusedAs = ({ slug, noun }: Kind, check: () => void): void => {
  try {
    check();
  } catch (failure) {
    const finding = failure instanceof Refusal ? FINDINGS[failure.reason] : undefined;
    if (!finding) throw failure;
    const [reason, message] = finding;
    throw new Refusal('forbidden', `${slug}.${reason}`, message(noun), { field: slug, rule: 'N3.5c' });
  }
};

const checkTimes = ({ startedAt, finishedAt }: Receipt, orderedAt: Date, now: Date): Date => {
  if (!startedAt || !finishedAt || finishedAt < startedAt)
    return refuse('times_invalid', '回执的起止时间不完整或颠倒', 'receipt.finished_at');
  // A retired key could still sign with an earlier date, but not earlier than the decision of the row.
  if (finishedAt.getTime() < orderedAt.getTime() - CLOCKS_DIFFER_MS)
    refuse('before_order', '回执的时间早于所执行的决定', 'receipt.finished_at');
  if (finishedAt.getTime() > now.getTime() + CLOCKS_DIFFER_MS) refuse('in_future', '回执的时间尚未到来', 'receipt.finished_at');
  return finishedAt;
};

/** A receipt with its row, and when the signature was already known to exist. */
interface Shown {
  readonly row: Row;
  readonly receipt: Receipt;
  readonly epoch: bigint;
  readonly witnessedAt?: Date | undefined;
}

const checkSigned = (check: Verifier['check'], order: Order, { row, receipt, epoch, witnessedAt }: Shown, now: Date): void => {
  const decision = decisionOf(order, row);
  // The ledger itself refuses a row of an unsigned order.
  if (!decision) return;
  const { service, effect } = row.target;
  const of = { orderId: order.id, row: row.number, service, effect, undo: isUndo(row), epoch };
  const { signature, finishedAt } = receipt;
  refusedAs({ slug: 'receipt', noun: '回执' }, () =>
    check(receiptStatement(of, receipt), signature, { service, signedAt: finishedAt ?? new Date(0), witnessedAt }),
  );
  checkTimes(receipt, decision.at, now);
};

/**
 * A certified statement counts as witnessed at the completion: a later revocation of its key does not invalidate it
 * (docs/PROOF.md, Keys).
 */
export const witnessOf = ({ completedAt }: Order, signedAt: Date | null): Date | undefined =>
  completedAt && signedAt && signedAt <= completedAt ? completedAt : undefined;

/** Compares the row with the seal of enforcement's own key, so that a change of its count or records in the database is detected. */
const checkSealed = (verifier: Verifier, order: Order, row: Row): void => {
  const seal = sealOf(order, row);
  const sealed = seal && sealedRow(seal, row);
  if (!sealed || !sealed.isSame) return refuse('not_sealed', `第${row.number}行与执法服务签封的决定不符`, 'row');
  const { statement, sealedAt } = sealed;
  try {
    verifier.checkStored(statement, seal, { service: 'enforcement', signedAt: sealedAt, witnessedAt: witnessOf(order, sealedAt) });
  } catch (failure) {
    if (failure instanceof Refusal) refuse('not_sealed', `第${row.number}行所依据的决定，其签封不成立：${failure.message}`, 'row');
    throw failure;
  }
};

/** Refuses `receipt.unsigned`, `.forged`, `.wrong_key`, `.key_*`, `.times_invalid`, `.before_order` and `.in_future`. */
export const receiptCheck = (verifier: Verifier): Pick<Receipts<never>, 'check' | 'checkStored'> => ({
  check: (order, report, now) => {
    const row = report.kind === 'reported' ? order.rows.find(({ number }) => number === report.row) : undefined;
    // The ledger itself refuses an unknown row.
    if (row && report.kind === 'reported') checkSigned(verifier.check, order, { row, receipt: report.receipt, epoch: report.epoch }, now);
  },
  checkStored: (order, row, now) => {
    const { receipt } = row;
    if (row.state !== 'DONE' || !receipt) return refuse('missing', `第${row.number}行没有回执`);
    const shown = { row, receipt, epoch: decisionOf(order, row)?.epoch ?? 0n, witnessedAt: witnessOf(order, receipt.finishedAt) };
    checkSigned(verifier.checkStored, order, shown, now);
    checkCounts(order, row);
    checkSealed(verifier, order, row);
  },
});
