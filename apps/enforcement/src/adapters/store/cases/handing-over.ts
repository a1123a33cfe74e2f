// What follows a case to the authority or the officers that get it, in the transaction of the step: its orders, its limits and its tasks.
// The authority that loses the case gets a message. The case itself is saved by case-store.ts.
import { execute, rowsOf } from '@hengji/messaging';
import { officersOf, passTasks, tell } from '@hengji/procedure';
import { authorityShortName } from '@hengji/province';
import sql from 'sql-template-tag';
import type { HandingOver } from '../../../application/cases/ports';
import type { Tx } from '../database';

export const handingOver: HandingOver<Tx> = {
  officers: (tx, authority) => officersOf(tx, authority),
  toAuthority: async (tx, before, { id, authority, filedWith, institution, institutionName, number }, { reason, documentNo, now }) => {
    const handledBy = authority === filedWith ? '' : authority;
    await execute(tx, sql`UPDATE orders SET handled_by = ${handledBy}, version = version + 1 WHERE case_id = ${id}`);
    await execute(tx, sql`UPDATE procedure."limit" SET authority = ${authority} WHERE file_id = ${id}`);
    const title = `${before.number}已由${authorityShortName(authority)}办理（${documentNo}）：${reason}`;
    await tell(tx, { fileId: id, about: `${number} ${institutionName}`, institution, authority: before.authority, title, now });
  },
  toOfficers: async (tx, before, after, by) => {
    const left = before.officers.filter(({ id }) => !after.officers.some((officer) => officer.id === id)).map(({ id }) => id);
    const [main] = after.officers;
    if (main === undefined || left.length === 0) return;
    const orders = await rowsOf<{ id: string }>(tx, sql`SELECT id FROM orders WHERE case_id = ${after.id}`);
    await passTasks(tx, { fileIds: [after.id, ...orders.map(({ id }) => id)], from: left, to: main, by });
  },
};
