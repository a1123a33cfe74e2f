// Consumes `enforcement.reports.v1`: the reports of the services on their rows. The reporting service is read from the seal of
// the message, not from its content.
import { TOPICS } from '@hengji/contracts';
import type { Receipt as ReceiptMessage } from '@hengji/contracts/enforcement/v1/order';
import type { ReportEvent } from '@hengji/contracts/enforcement/v1/report_events';
import { subscribe, type MessageContext, type TopicSubscription } from '@hengji/messaging';
import type { UseCases } from '../../application/use-cases';
import type { Receipt, Report } from '../../domain/ledger';
import type { Tx } from '../store/database';

const receiptOf = (message: ReceiptMessage): Receipt => ({
  ...message,
  signature: message.signature ?? null,
  startedAt: message.startedAt ?? null,
  finishedAt: message.finishedAt ?? null,
});

/** One line per event of the topic. A report without a receipt cannot be read, and is parked. */
export const onReports = (record: UseCases<Tx>['record']): TopicSubscription<Tx> => {
  const keep = ({ tx, meta, now }: MessageContext<Tx>, orderId: string, report: Report): Promise<void> =>
    record(tx, { eventId: meta.eventId, orderId, report, now });

  return subscribe<ReportEvent, Tx>(TOPICS.reports, {
    rowReported: ({ orderId, receipt, ...reported }, context) => {
      if (!receipt) throw new Error(`row ${reported.row} of order ${orderId} was reported without a receipt`);
      return keep(context, orderId, { kind: 'reported', ...reported, service: context.writer, receipt: receiptOf(receipt) });
    },
    rowRefused: ({ orderId, ...refused }, context) => keep(context, orderId, { kind: 'refused', ...refused, service: context.writer }),
    rowProgressed: ({ orderId, row, matched }, context) =>
      keep(context, orderId, { kind: 'progressed', row, service: context.writer, matched }),
  });
};
