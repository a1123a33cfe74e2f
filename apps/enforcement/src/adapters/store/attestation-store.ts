// The services' signed counts, one row per decision. An order of a million certificates has some hundred pages, and only the
// certification reads them.
import type { Attestations } from '../../application/proof/ports';
import type { Tx } from './database';
import { signedColumn, signedOf } from './signed-column';

export const attestationStore: Pick<Attestations<Tx>, 'keep' | 'keepMissing' | 'of'> = {
  keep: async (tx, orderId, lifting, counted) => {
    const statements = counted.map(signedColumn);
    await tx.attestedCount.upsert({
      where: { orderId_lifting: { orderId, lifting } },
      create: { orderId, lifting, statements },
      update: { statements },
      select: { lifting: true },
    });
  },
  keepMissing: async (tx, orderId, counted) => {
    const kept = await tx.attestedCount.findMany({ where: { orderId }, select: { lifting: true } });
    const missing = [...counted].filter(([number]) => !kept.some(({ lifting }) => lifting === number));
    if (missing.length === 0) return;
    const data = missing.map(([lifting, all]) => ({ orderId, lifting, statements: all.map(signedColumn) }));
    await tx.attestedCount.createMany({ data });
  },
  of: async (tx, orderId) => {
    const kept = await tx.attestedCount.findMany({ where: { orderId }, orderBy: { lifting: 'asc' } });
    return new Map(kept.map(({ lifting, statements }) => [lifting, (statements as unknown[]).map(signedOf)]));
  },
};
