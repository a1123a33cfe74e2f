// The services as the bench of cascades looks at them.
import { READERS, type PARTICIPANTS } from '@hengji/contracts';

/** Services whose tables an order changes. */
export type ServiceWithTables = (typeof PARTICIPANTS)[number];

/** All processes of ours that are at work while an order is. */
export const PROCESSES = [...READERS, 'gateway'] as const;
