// Which RPC writes which act, and on which kind of record. See docs/ACTS.md.
import type { ExchangeServiceDefinition } from '@hengji/contracts/exchange/v1/exchange_service';
import { actsOf, type ActTable } from '@hengji/procedure';

export const ACTS = {
  listMessages: 'reads',
  retryMessage: { on: 'message' },
  countUploads: 'reads',
  importUploads: { on: 'upload' },
} as const satisfies ActTable<ExchangeServiceDefinition['methods']>;

export const { doing } = actsOf(ACTS);
