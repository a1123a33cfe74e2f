// The lists of payments (补贴发放) and of recoveries (追缴单): filters, sort keys and search over their tables.
import { LISTS } from '@hengji/contracts/lists';
import { startsWith, type ListSource } from '@hengji/host';
import { institutionsLike } from '@hengji/participation';
import sql from 'sql-template-tag';

/** Alias p. */
export const PAYMENT_LIST: ListSource<typeof LISTS.payments> = {
  spec: LISTS.payments,
  from: sql`payment AS p`,
  columns: {
    paymentId: { sql: sql`p.payment_id` },
    certificateNumber: { sql: sql`p.certificate_number` },
    institution: { sql: sql`p.institution` },
    person: { sql: sql`p.person` },
    occupation: { sql: sql`p.occupation` },
    level: { sql: sql`p.level` },
    fen: { sql: sql`p.fen` },
    fundSource: { sql: sql`p.fund_source` },
    paidOn: { sql: sql`p.paid_on` },
    authority: { sql: sql`p.authority` },
    area: { sql: sql`p.area` },
  },
  search: async (text, db) => ({
    rows: [startsWith(sql`p.payment_id`, text), startsWith(sql`p.certificate_number`, text.toUpperCase())],
    institutions: await institutionsLike(db, sql`p.institution`, text),
  }),
};

export const PAYMENT_PLACE = { authority: sql`p.authority`, institution: sql`p.institution` };

/** Alias r. */
export const RECOVERY_LIST: ListSource<typeof LISTS.recoveries> = {
  spec: LISTS.recoveries,
  from: sql`recovery AS r`,
  columns: {
    recoveryId: { sql: sql`r.recovery_id` },
    institution: { sql: sql`r.institution` },
    orderId: { sql: sql`r.order_id` },
    paymentId: { sql: sql`r.payment_id` },
    debtor: { sql: sql`r.debtor` },
    fen: { sql: sql`r.fen` },
    fundSource: { sql: sql`r.fund_source` },
    state: { sql: sql`r.state` },
    openedAt: { sql: sql`r.opened_at` },
    revokedAt: { sql: sql`r.revoked_at`, nullable: true },
    authority: { sql: sql`r.authority` },
    area: { sql: sql`r.area` },
  },
  search: async (text, db) => ({
    rows: [startsWith(sql`r.recovery_id`, text), startsWith(sql`r.payment_id`, text)],
    institutions: await institutionsLike(db, sql`r.institution`, text),
  }),
};

export const RECOVERY_PLACE = { authority: sql`r.authority`, institution: sql`r.institution` };
