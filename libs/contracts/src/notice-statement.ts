// What enforcement signs when it publishes the progress of an order: the order is completed, reopened, suspended by a court, or resumed.
// Each notice is short enough to be signed whole. The statement is defined once, because signer and checker must write the same bytes.
import type { OrderCompleted, OrderReopened, OrderResumed, OrderSuspended } from './generated/hengji/enforcement/v1/enforcement_events';

/** A message about an order that enforcement seals, without its seal. */
export type Notice =
  | { readonly $case: 'orderCompleted'; readonly value: Omit<OrderCompleted, 'seal'> }
  | { readonly $case: 'orderReopened'; readonly value: Omit<OrderReopened, 'seal'> }
  | { readonly $case: 'orderSuspended'; readonly value: Omit<OrderSuspended, 'seal'> }
  | { readonly $case: 'orderResumed'; readonly value: Omit<OrderResumed, 'seal'> };

/** When the notice was decided; undefined in a message without a time. */
export const noticeAt = (notice: Notice): Date | undefined => {
  switch (notice.$case) {
    case 'orderCompleted':
      return notice.value.completedAt;
    case 'orderReopened':
      return notice.value.reopenedAt;
    case 'orderSuspended':
      return notice.value.suspendedAt;
    case 'orderResumed':
      return notice.value.resumedAt;
  }
};

/**
 * The statement of a notice, to be signed in canonical form: the whole content of the message. Numbers are decimal text, times are UTC with
 * milliseconds.
 */
export const noticeStatement = (notice: Notice) => {
  const of = { orderId: notice.value.orderId, at: noticeAt(notice)?.toISOString() ?? '' };
  switch (notice.$case) {
    case 'orderCompleted': {
      const { lifted, lifting, partial } = notice.value;
      return { type: 'hengji.closing.v1', ...of, lifted, lifting: String(lifting), partial };
    }
    case 'orderReopened':
      return { type: 'hengji.reopening.v1', ...of, rows: notice.value.rows.map(String) };
    case 'orderSuspended':
      return { type: 'hengji.suspension.v1', ...of, reason: notice.value.reason, completed: notice.value.completed };
    case 'orderResumed':
      return { type: 'hengji.resumption.v1', ...of };
  }
};
