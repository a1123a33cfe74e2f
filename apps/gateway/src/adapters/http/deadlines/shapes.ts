// Which limits (期限) are asked for.
import { DeadlineState } from '@hengji/contracts/enforcement/v1/case';
import { ID, known } from '../fields';

export const DEADLINE_FILTER = { state: known(DeadlineState).optional(), caseId: ID.optional() } as const;
