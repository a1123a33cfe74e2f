// Numbers without gaps: the counter's row is locked until the transaction that drew from it ends, so what is rolled back is
// drawn again, and what commits later has the higher number.
import type { Numbers } from '../../application/ports';
import { documentNumber } from '../../domain/document-number';
import type { Tx } from './database';

export const numberStore: Numbers<Tx> = {
  documentNumber: async (tx, counter) => {
    const [drawn] = await tx.$queryRaw<{ last: number }[]>`
      INSERT INTO document_counter AS c (series, authority, year, last) VALUES (${counter.series}, ${counter.authority}, ${counter.year}, 1)
      ON CONFLICT (series, authority, year) DO UPDATE SET last = c.last + 1
      RETURNING last`;
    if (!drawn) throw new Error('no document number was drawn');
    return documentNumber(counter, drawn.last);
  },
  epoch: async (tx, institution) => {
    const [drawn] = await tx.$queryRaw<{ last: bigint }[]>`
      INSERT INTO institution_epoch AS e (institution, last) VALUES (${institution}, 1)
      ON CONFLICT (institution) DO UPDATE SET last = e.last + 1
      RETURNING last`;
    if (!drawn) throw new Error('no epoch was drawn');
    return BigInt(drawn.last);
  },
};
