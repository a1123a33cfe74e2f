// Everything that enforcement does, built from what it needs of the world.
import { chaseOverdue } from './chase-overdue';
import { draftOrder } from './draft-order';
import { driveOrder, type Trouble } from './drive-order';
import { liftOrder } from './lift-order';
import { listFences } from './list-fences';
import type { Changes, Filings, Numbers, Orders, Participants, Transactions } from './ports';
import { previewOrder } from './preview-order';
import { recordReport, type Strays } from './record-report';
import { retryRow } from './retry-row';
import { signOrder } from './sign-order';
import { watchOrder } from './watch-order';

export interface World<Tx> {
  readonly orders: Orders<Tx>;
  readonly numbers: Numbers<Tx>;
  readonly strays: Strays<Tx>;
  readonly transactions: Transactions<Tx>;
  readonly participants: Participants;
  readonly filings: Filings;
  readonly patienceMs: number;
  readonly newId: () => string;
  readonly now: () => Date;
  readonly onTrouble: (trouble: Trouble) => void;
}

export const useCases = <Tx>(world: World<Tx>) => ({
  draft: draftOrder(world),
  preview: previewOrder(world),
  sign: signOrder(world),
  lift: liftOrder(world),
  retry: retryRow(world),
  drive: driveOrder(world),
  record: recordReport(world),
  chase: chaseOverdue(world),
  fences: listFences(world),
  watch: (changes: Changes) => watchOrder({ ...world, changes }),
});

export type UseCases<Tx> = ReturnType<typeof useCases<Tx>>;
