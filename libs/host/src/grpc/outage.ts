// A database that is unavailable, or a conflict of two transactions, is not a defect of the handler: the caller gets "unavailable" and
// retries with the same request id.
import { Refusal } from '@hengji/domain-kit';
import { failureKind } from '../database/failure';

/** The refusal itself, or the refusal for the failure; undefined for a defect. */
export const asRefusal = (failure: unknown): Refusal | undefined => {
  if (failure instanceof Refusal) return failure;
  const kind = failureKind(failure);
  if (kind === 'outage') return new Refusal('unavailable', 'database.unavailable', '数据库暂不可用,请稍后重试');
  return kind === 'conflict' ? new Refusal('unavailable', 'database.conflict', '数据库繁忙,请稍后重试') : undefined;
};
