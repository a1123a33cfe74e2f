// Numbers of documents, drawn by libs/procedure, with their characters; and epochs, drawn in the same way: the row is locked
// until the transaction ends.
import { rowsOf } from '@hengji/messaging';
import { drawNumber } from '@hengji/procedure';
import sql from 'sql-template-tag';
import type { Numbers } from '../../application/ports';
import { documentNumber } from '../../domain/document-number';
import type { Tx } from './database';

export const numberStore: Numbers<Tx> = {
  documentNumber: async (tx, counter) => documentNumber(counter, await drawNumber(tx, counter)),
  epoch: async (tx, institution) => {
    const [drawn] = await rowsOf<{ last: bigint }>(
      tx,
      sql`
      INSERT INTO institution_epoch AS e (institution, last) VALUES (${institution}, 1)
      ON CONFLICT (institution) DO UPDATE SET last = e.last + 1
      RETURNING last`,
    );
    if (!drawn) throw new Error('no epoch was drawn');
    return BigInt(drawn.last);
  },
};
