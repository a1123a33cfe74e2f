// Events of a limit that nears or has passed, for the consumers of enforcement.v1.
import { TOPICS } from '@hengji/contracts';
import type { Deadline } from '@hengji/contracts/enforcement/v1/case';
import { publish, type SqlTx } from '@hengji/messaging';
import type { Limit } from '@hengji/procedure/tables';

/** Writes DeadlineNearing or DeadlinePassed into the outbox, by the limit's state. Runs entirely in `tx`. */
export const publishDeadline = (
  tx: SqlTx,
  { limit, deadline }: { readonly limit: Limit; readonly deadline: Deadline },
  occurredAt: Date,
): Promise<void> => {
  const value = { deadline };
  return publish(tx, TOPICS.enforcement, {
    institution: limit.institution,
    orderId: limit.about,
    body: limit.state === 'PASSED' ? { $case: 'deadlinePassed', value } : { $case: 'deadlineNearing', value },
    occurredAt,
  });
};
