// The services, as the bench of cascades sees them.
import { READERS, type PARTICIPANTS } from '@hengji/contracts';

/** Services whose tables an order changes. */
export type ServiceWithTables = (typeof PARTICIPANTS)[number];

/** All our processes that work during an order. */
export const PROCESSES = [...READERS, 'gateway'] as const;
