// The list of messages to other agencies (报文): filters, sort keys and search over the table.
import { LISTS } from '@hengji/contracts/lists';
import { startsWith, type ListSource } from '@hengji/host';
import { institutionsLike } from '@hengji/participation';
import sql from 'sql-template-tag';

/** Alias m. */
export const MESSAGE_LIST: ListSource<typeof LISTS.messages> = {
  spec: LISTS.messages,
  from: sql`message AS m`,
  columns: {
    position: { sql: sql`m.position` },
    messageId: { sql: sql`m.message_id` },
    agency: { sql: sql`m.agency` },
    kind: { sql: sql`m.kind` },
    institution: { sql: sql`m.institution` },
    orderId: { sql: sql`m.order_id` },
    items: { sql: sql`m.items` },
    rejected: { sql: sql`m.rejected` },
    state: { sql: sql`m.state` },
    tries: { sql: sql`m.tries` },
    createdAt: { sql: sql`m.created_at` },
    acknowledgedAt: { sql: sql`m.acknowledged_at`, nullable: true },
    authority: { sql: sql`m.authority` },
    area: { sql: sql`m.area` },
  },
  search: async (text, db) => ({
    rows: [startsWith(sql`m.message_id`, text)],
    institutions: await institutionsLike(db, sql`m.institution`, text),
  }),
};

export const MESSAGE_PLACE = { authority: sql`m.authority`, institution: sql`m.institution` };
