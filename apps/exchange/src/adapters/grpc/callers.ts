// Who may call what. `import` is the loader of existing records; people come through the gateway.
import type { ExchangeServiceDefinition } from '@hengji/contracts/exchange/v1/exchange_service';
import type { CallerTable } from '@hengji/host';

export const CALLERS = {
  listMessages: ['gateway'],
  retryMessage: ['gateway'],
  countUploads: ['gateway', 'enforcement', 'import'],
  importUploads: ['import'],
} as const satisfies CallerTable<ExchangeServiceDefinition['methods']>;
