// Which service may call which RPC. `import` is the loader of existing records; people call through the gateway.
import type { ExchangeServiceDefinition } from '@hengji/contracts/exchange/v1/exchange_service';
import type { CallerTable } from '@hengji/host';

export const CALLERS = {
  listMessages: ['gateway'],
  retryMessage: ['gateway'],
  countUploads: ['gateway', 'enforcement', 'import'],
  importUploads: ['import'],
} as const satisfies CallerTable<ExchangeServiceDefinition['methods']>;
