/** Services whose tables an order changes. */
export const SERVICES_WITH_TABLES = ['approval', 'exam', 'certificate', 'subsidy', 'exchange'] as const;
export type ServiceWithTables = (typeof SERVICES_WITH_TABLES)[number];

/** Services that publish about an order. */
export const PUBLISHERS = [...SERVICES_WITH_TABLES, 'enforcement'] as const;

/** All processes of ours that are at work while an order is. */
export const PROCESSES = [...PUBLISHERS, 'verify', 'gateway'] as const;
