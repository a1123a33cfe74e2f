// Reports that fit no row: stored, counted, logged. The event's id is the key, so that a repeated report is stored once.
import { metrics, type Log } from '@hengji/host';
import type { Stray } from '../../application/execution/record-report';
import type { Tx } from './database';
import { contentOf } from './receipt-store';

const strays = metrics.counter('hengji_enforcement_stray_reports_total', 'Reports that fitted no row of the ledger', ['reason']);

export const strayStore = (log: Log) => ({
  keep: async (tx: Tx, { eventId, orderId, order, report, refusal, receivedAt }: Stray): Promise<void> => {
    await tx.strayReport.createMany({
      data: {
        eventId,
        orderId,
        row: report.row,
        service: report.service,
        kind: report.kind,
        reason: refusal.reason,
        detail: refusal.message,
        content: contentOf(order, report),
        receivedAt,
      },
      skipDuplicates: true,
    });
    strays.inc({ reason: refusal.reason });
    log.warn({ eventId, orderId, row: report.row, reason: refusal.reason }, 'a report fits no row of the ledger');
  },
});
