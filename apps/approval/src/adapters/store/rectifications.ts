// Rectifications (责令限期整改, M6) in the directory: one per order, with its due day, while the order is in force. With several, the directory
// shows the nearest day.
import { Refusal } from '@hengji/domain-kit';
import sql from 'sql-template-tag';
import { entryEffect } from './entry-effect';

/** SHOW_RECTIFICATION. Refuses the row with `order.rectify_by_missing` when the order names no day. */
export const showRectification = entryEffect({
  word: 'SHOWN',
  show: async (tx, { orderId, documentNo, institution, rectifyBy, now }) => {
    if (rectifyBy === '') {
      throw new Refusal('invalid', 'order.rectify_by_missing', '责令限期整改须写明整改期限', {
        field: 'rectify_by',
        rule: 'rules §7.1 M6',
      });
    }
    const words = { orderId, institution, documentNo, rectifyBy };
    const { count } = await tx.rectification.createMany({ data: [{ ...words, shownAt: now }], skipDuplicates: true });
    const event = { $case: 'rectificationShown', value: { orderId, rectifyBy, documentNo } } as const;
    if (count > 0) return { event, renewed: true };
    // The order is in force: a rectification that somebody withdrew or changed is shown again as ordered.
    const wrong = {
      orderId,
      OR: [{ withdrawnAt: { not: null } }, ...Object.entries(words).map(([name, is]) => ({ NOT: { [name]: is } }))],
    };
    const mended = await tx.rectification.updateMany({ where: wrong, data: { ...words, withdrawnAt: null } });
    return { event: mended.count === 0 ? undefined : event, renewed: false };
  },
  lines: (
    orderId,
  ) => sql`SELECT order_id AS id, jsonb_build_object('rectification.institution', institution, 'rectification.document_no', document_no,
    'rectification.rectify_by', rectify_by, 'rectification.shown_at', extract(epoch FROM shown_at)::text)::text AS line
    FROM rectification WHERE order_id = ${orderId}`,
  withdraw: async (tx, { orderId, now }) => {
    const { count } = await tx.rectification.updateMany({ where: { orderId, withdrawnAt: null }, data: { withdrawnAt: now } });
    return count === 0 ? undefined : { $case: 'rectificationWithdrawn', value: { orderId } };
  },
  stands: async (tx, orderId) => (await tx.rectification.count({ where: { orderId, withdrawnAt: null } })) > 0,
});
