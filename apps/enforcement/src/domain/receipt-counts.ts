// Whether the numbers of a receipt are consistent: a service may sign a wrong number, and a row of the ledger may be altered
// later. A certified receipt must agree with itself and with the signed counts. The public verifier makes the same checks.
import { Refusal } from '@hengji/domain-kit';
import { isExact, isHold } from './cascade';
import { isUndo, type Receipt, type Row } from './ledger';
import type { Order } from './order';

const refuse = (reason: string, message: string, field: string): never => {
  throw new Refusal('invalid', reason, message, { field: `receipt.${field}`, rule: 'N3.5c' });
};

/** Each found record was changed or was already so, and has one leaf; a hold has one leaf. Only an undo row leaves records as they are. */
const checkAgreement = (row: Row, { matched, changed, already, left, leaves }: Receipt): void => {
  const name = `第${row.number}行回执`;
  if ([matched, changed, already, left, leaves].some((count) => count < 0n))
    refuse('report.receipt_invalid', `${name}的数量不能为负`, 'matched');
  if (matched !== changed + already)
    refuse('report.receipt_invalid', `${name}命中${matched}条，与变更${changed}条、原已如此${already}条之和不符`, 'matched');
  if (leaves !== (isHold(row.target.effect) ? 1n : matched))
    refuse('report.receipt_invalid', `${name}的叶子${leaves}个与命中${matched}条不符`, 'leaves');
  if (left > (isUndo(row) ? already : 0n)) refuse('report.receipt_invalid', `${name}保留现状的${left}条无从说起`, 'left');
};

/**
 * A row that is carried out again leaves out what was lifted since. Without liftings an exact row finds exactly the signed
 * count, any other row at most that.
 */
const checkBound = (order: Pick<Order, 'liftings'>, row: Row, { matched }: Receipt): void => {
  const { signedCount, preview, target } = row;
  if (isUndo(row) || isHold(target.effect)) return;
  const isBoundExactly = isExact(target.effect) && (preview?.root.length ?? 0) > 0 && order.liftings.length === 0;
  if (matched > signedCount || (isBoundExactly && matched !== signedCount))
    refuse('report.not_as_signed', `第${row.number}行回执命中${matched}条，签发的是${signedCount}条`, 'matched');
};

/** Refuses `report.receipt_invalid` and `report.not_as_signed`; a row without a receipt is accepted. */
export const checkCounts = (order: Pick<Order, 'liftings'>, row: Row): void => {
  if (!row.receipt) return;
  checkAgreement(row, row.receipt);
  checkBound(order, row, row.receipt);
};
