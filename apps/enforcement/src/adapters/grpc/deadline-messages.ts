// Limits as messages, with the calendar and amounts that counted them, and their recounts.
import type { Deadline as DeadlineMessage, DeadlineRecount } from '@hengji/contracts/enforcement/v1/case';
import type { AmountUsed, ParameterUnit, ParameterValue } from '@hengji/contracts/enforcement/v1/parameter';
import type { Recount } from '@hengji/procedure';
import { titleOf, type Limit, type LimitAmount } from '@hengji/procedure/tables';
import type { Unit } from '@hengji/province';
import { ruleOf } from '../../domain/deadlines/registry';
import { isOfRemedy } from '../../domain/remedies/limits';
import type { DataInForce } from '../store/province-data/in-force';

export const UNITS = {
  workingDay: 'WORKING_DAY',
  day: 'DAY',
  month: 'MONTH',
  year: 'YEAR',
  hour: 'HOUR',
} as const satisfies Record<Unit, ParameterUnit>;

export const valueMessage = ({ limit, extension = 0 }: Pick<LimitAmount, 'limit' | 'extension'>): ParameterValue | undefined =>
  limit && { amount: limit.amount, unit: UNITS[limit.unit], extension, before: limit.before ?? false };

type Data = Pick<DataInForce, 'amounts' | 'parameter'>;

const amountUsed = ({ amounts, parameter }: Data, code: string, version: string): AmountUsed | undefined => {
  const value = valueMessage(amounts.ofVersion(code, version));
  const found = parameter(code, version);
  return value && { value, jurisdiction: found?.jurisdiction ?? '', version: found?.version ?? 0, source: found?.source ?? '' };
};

const recountMessage = (data: Data, code: string, { at, versionBefore, versionAfter, dueBefore, dueAfter }: Recount): DeadlineRecount => {
  const since = versionBefore === versionAfter ? undefined : data.parameter(code, versionAfter);
  return {
    ...{ at, dueBefore, dueAfter, proposed: since?.proposed, confirmed: since?.confirmed ?? undefined },
    amountBefore: amountUsed(data, code, versionBefore),
    amountAfter: amountUsed(data, code, versionAfter),
  };
};

export type DeadlineMessages = (limit: Limit, recounts?: readonly Recount[]) => DeadlineMessage;

/** `recounts`: recounts of any limits, the oldest first. */
export const deadlineMessages =
  (data: Data): DeadlineMessages =>
  (limit, recounts = []) => {
    const { id, code, institution, fileId, about, authority, startedAt, dueAt, state, metAt } = limit;
    return {
      ...{ deadlineId: id, code, institution, caseId: fileId, authority, startedAt, dueAt, state },
      ...(isOfRemedy(code) ? { orderId: '', remedyId: about } : { orderId: about, remedyId: '' }),
      title: titleOf({ ruleOf }, limit),
      basis: ruleOf(code).basis,
      metAt: metAt ?? undefined,
      amount: amountUsed(data, code, limit.amountVersion),
      recounts: recounts.filter(({ limitId }) => limitId === id).map((one) => recountMessage(data, code, one)),
    };
  };
