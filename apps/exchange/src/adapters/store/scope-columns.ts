import { SCOPE_COLUMNS, type ScopeColumns } from '@hengji/participation';

/** How an order's scope finds uploads. */
export const SCOPE: ScopeColumns = { ...SCOPE_COLUMNS, certificate: 'number' };
