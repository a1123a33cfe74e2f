import { SCOPE_COLUMNS, type ScopeColumns } from '@hengji/participation';

/** The columns by which an order's scope selects uploads. */
export const SCOPE: ScopeColumns = { ...SCOPE_COLUMNS, certificate: 'number' };
