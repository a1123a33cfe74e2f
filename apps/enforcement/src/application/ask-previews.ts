// Previews of an order, requested from all services at once and outside any transaction. One missing answer is enough to
// refuse: an order is signed only if every row was counted.
import { Refusal } from '@hengji/domain-kit';
import type { Service } from '../domain/cascade';
import { servicesOf, type Previews } from '../domain/ledger';
import type { Order } from '../domain/order';
import { SERVICES_ZH } from '../domain/service-words';
import type { Participants } from './ports';

/** A wrong clock is refused with both times, because a later retry would not correct the clock. */
const unavailable = (service: Service, failure: unknown): unknown =>
  failure instanceof Refusal && failure.kind === 'unavailable' && failure.reason !== 'clock.skewed'
    ? new Refusal('unavailable', 'order.preview_unavailable', `${SERVICES_ZH[service]}暂时不可用，无法预览，请稍后再试`, { field: service })
    : failure;

/** Previews of all rows by row number. Refuses `order.preview_unavailable`, `clock.skewed`, and as the services refuse. */
export const askPreviews = async (participants: Participants, order: Order): Promise<Previews> => {
  const answers = await Promise.all(
    servicesOf(order.rows).map(async (service) => {
      const rows = order.rows.filter((row) => row.target.service === service);
      return participants.preview(service, order, rows).catch((failure: unknown) => {
        throw unavailable(service, failure);
      });
    }),
  );
  return new Map(answers.flatMap((previews) => [...previews]));
};
