import { SCOPE_COLUMNS, type ScopeColumns } from '@hengji/messaging';

/** How an order's scope finds uploads. */
export const SCOPE: ScopeColumns = { ...SCOPE_COLUMNS, certificate: 'number' };
