// Which service may call which RPC. `import` is the loader of existing records; people call through the gateway.
import type { ApprovalServiceDefinition } from '@hengji/contracts/approval/v1/approval_service';
import type { CallerTable } from '@hengji/host';

export const CALLERS = {
  checkPermission: ['gateway', 'exam', 'certificate', 'subsidy', 'exchange', 'enforcement'],
  getInstitution: ['gateway', 'exam', 'certificate', 'subsidy', 'exchange', 'enforcement', 'verify'],
  listInstitutions: ['gateway', 'enforcement'],
  listNotices: ['gateway', 'verify'],
  importInstitutions: ['import'],
  countInstitutions: ['gateway', 'enforcement', 'import'],
} as const satisfies CallerTable<ApprovalServiceDefinition['methods']>;
