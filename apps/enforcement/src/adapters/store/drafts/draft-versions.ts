// The versions of drafts: one row a version, never changed. A version is written in the transaction that writes the draft.
import type { DraftVersions, InstitutionNames } from '../../../application/ports';
import { contentOf, type DraftContent } from '../../../domain/drafts/changes';
import type { Order } from '../../../domain/order';
import type { Prisma } from '../../../generated/client';
import type { Database, Tx } from '../database';
import { institutionNames } from './institution-names';

const authorOf = ({ revision, editedBy, draftedBy }: Order): string => (revision === 1 ? draftedBy : (editedBy.at(-1) ?? draftedBy));

/** Writes the version of the draft as it is; a version that is written already stays. */
export const keepVersion = async (tx: Tx, order: Order, at: Date): Promise<void> => {
  const content = contentOf(order) as unknown as Prisma.InputJsonObject;
  const row = { orderId: order.id, revision: order.revision, content, editedBy: authorOf(order), editedAt: at };
  await tx.draftVersion.createMany({ data: [row], skipDuplicates: true });
};

const draftVersions = (db: Database): DraftVersions => ({
  of: async (orderId) => {
    const stored = await db.draftVersion.findMany({ where: { orderId }, orderBy: { revision: 'asc' } });
    return stored.map(({ revision, editedBy, editedAt, content }) => ({
      ...{ revision, editedBy, editedAt },
      content: content as unknown as DraftContent,
    }));
  },
});

/** What the use cases of drafts read beside the draft. */
export const draftReads = (db: Database): { draftVersions: DraftVersions; institutionNames: InstitutionNames } => ({
  draftVersions: draftVersions(db),
  institutionNames: institutionNames(db),
});
