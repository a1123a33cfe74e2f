// Rectifications (责令限期整改, M6) as the directory shows them: one per order, with its due day, while the order stands.
// With several, the directory shows the nearest day.
import { Refusal } from '@hengji/domain-kit';
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
    const { count } = await tx.rectification.createMany({
      data: [{ orderId, institution, documentNo, rectifyBy, shownAt: now }],
      skipDuplicates: true,
    });
    return count === 0 ? undefined : { $case: 'rectificationShown', value: { orderId, rectifyBy } };
  },
  withdraw: async (tx, { orderId, now }) => {
    const { count } = await tx.rectification.updateMany({ where: { orderId, withdrawnAt: null }, data: { withdrawnAt: now } });
    return count === 0 ? undefined : { $case: 'rectificationWithdrawn', value: { orderId } };
  },
  stands: async (tx, orderId) => (await tx.rectification.count({ where: { orderId, withdrawnAt: null } })) > 0,
});
