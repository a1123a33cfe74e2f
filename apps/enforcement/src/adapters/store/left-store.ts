// The officers' decisions on records that a lifting left. A decision is stored once and never changed.
import type { LeftDecision, LeftDecisions } from '../../application/ports';
import type { Database, Tx } from './database';

export const leftStore = (db: Database): LeftDecisions<Tx> => ({
  keep: async (tx, key, decision) =>
    (await tx.leftDecision.createMany({ data: [{ ...key, ...decision }], skipDuplicates: true })).count > 0,
  of: async (orderId, records) => {
    const stored = await db.leftDecision.findMany({
      where: { orderId, OR: records.map(({ row, recordId }) => ({ row, recordId })) },
    });
    return new Map(
      stored.map(({ row, recordId, decision, decidedBy, decidedAt }): [string, LeftDecision] => [
        `${row}/${recordId}`,
        { decision, decidedBy, decidedAt },
      ]),
    );
  },
});
