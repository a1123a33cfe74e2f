// The columns of a version for the people who proposed and confirmed it.
import type { Change, Hand } from '../../../domain/province-data/change';

interface HandColumns {
  readonly proposedBy: string;
  readonly proposedName: string;
  readonly proposedAt: Date;
  readonly confirmedBy: string | null;
  readonly confirmedName: string | null;
  readonly confirmedAt: Date | null;
}

export const handsOf = (row: HandColumns): Pick<Change, 'proposed' | 'confirmed'> => ({
  proposed: { officerId: row.proposedBy, name: row.proposedName, at: row.proposedAt },
  confirmed:
    row.confirmedBy === null || row.confirmedAt === null
      ? null
      : { officerId: row.confirmedBy, name: row.confirmedName ?? '', at: row.confirmedAt },
});

export const proposalOf = ({ officerId, name, at }: Hand) => ({ proposedBy: officerId, proposedName: name, proposedAt: at });

export const confirmationOf = ({ officerId, name, at }: Hand) => ({ confirmedBy: officerId, confirmedName: name, confirmedAt: at });
