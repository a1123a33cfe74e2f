// Which service may call which RPC. `import` is the loader of existing records; people call through the gateway.
import type { SubsidyServiceDefinition } from '@hengji/contracts/subsidy/v1/subsidy_service';
import type { CallerTable } from '@hengji/host';

export const CALLERS = {
  paySubsidies: ['gateway'],
  listPayments: ['gateway'],
  listRecoveries: ['gateway', 'enforcement'],
  getRecovery: ['gateway'],
  countPayments: ['gateway', 'enforcement', 'import'],
  importPayments: ['import'],
} as const satisfies CallerTable<SubsidyServiceDefinition['methods']>;
