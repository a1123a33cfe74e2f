// A database that is away, or in which two transactions met, is not a defect of the handler: the caller should hear
// "unavailable" and come again with the same request id.
import { Refusal } from '@hengji/domain-kit';
import { failureKind } from '../database/failure';

/** The refusal that the failure is, or means; undefined for a defect. */
export const asRefusal = (failure: unknown): Refusal | undefined => {
  if (failure instanceof Refusal) return failure;
  const kind = failureKind(failure);
  if (kind === 'outage') return new Refusal('unavailable', 'database.unavailable', '数据库暂不可用,请稍后重试');
  return kind === 'conflict' ? new Refusal('unavailable', 'database.conflict', '数据库繁忙,请稍后重试') : undefined;
};
