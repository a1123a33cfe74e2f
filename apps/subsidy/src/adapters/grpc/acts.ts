// Which RPC writes which act, and on which kind of record. See docs/ACTS.md.
import type { SubsidyServiceDefinition } from '@hengji/contracts/subsidy/v1/subsidy_service';
import { actsOf, type ActTable } from '@hengji/procedure';

export const ACTS = {
  paySubsidies: { on: 'payment' },
  listPayments: 'reads',
  listRecoveries: 'reads',
  getRecovery: 'reads',
  countPayments: 'reads',
  importPayments: { on: 'payment' },
} as const satisfies ActTable<SubsidyServiceDefinition['methods']>;

export const { doing, doingOnce } = actsOf(ACTS);
