// A limit that nears or has passed, as the others hear of it on enforcement.v1.
import { TOPICS } from '@hengji/contracts';
import { publish, type SqlTx } from '@hengji/messaging';
import type { Deadline } from '../../domain/deadlines/deadline';
import { deadlineMessage } from '../grpc/file-messages';

/** Writes DeadlineNearing or DeadlinePassed into the outbox, by the deadline's state. All of it in `tx`. */
export const publishDeadline = (tx: SqlTx, deadline: Deadline, occurredAt: Date): Promise<void> => {
  const value = { deadline: deadlineMessage(deadline) };
  return publish(tx, TOPICS.enforcement, {
    institution: deadline.institution,
    orderId: deadline.orderId,
    body: deadline.state === 'PASSED' ? { $case: 'deadlinePassed', value } : { $case: 'deadlineNearing', value },
    occurredAt,
  });
};
