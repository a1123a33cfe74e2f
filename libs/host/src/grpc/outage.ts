// A database that is away is not a defect of the handler: the caller should hear "unavailable" and come again. These
// are the codes of Prisma, PostgreSQL and the socket that say so.
import { Refusal } from '@hengji/domain-kit';

const OUTAGE_CODES = new Set([
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  '57P01',
  '57P02',
  '57P03',
  '08006',
  'ECONNREFUSED',
  'ECONNRESET',
]);

const codeOf = (failure: unknown): string =>
  typeof failure === 'object' && failure !== null && 'code' in failure && typeof failure.code === 'string' ? failure.code : '';

/** The refusal that the failure is, or means; undefined for a defect. */
export const asRefusal = (failure: unknown): Refusal | undefined => {
  if (failure instanceof Refusal) return failure;
  const isOutage = OUTAGE_CODES.has(codeOf(failure)) || (failure instanceof Error && OUTAGE_CODES.has(codeOf(failure.cause)));
  return isOutage ? new Refusal('unavailable', 'database.unavailable', '数据库暂不可用,请稍后重试') : undefined;
};
