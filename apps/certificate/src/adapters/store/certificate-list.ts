// The list of certificates (证书): filters and sort keys over its table. Only a BRIN index covers the state (see schema.prisma).
import { LISTS } from '@hengji/contracts/lists';
import { startsWith, type ListSource } from '@hengji/host';
import { institutionsLike } from '@hengji/participation';
import sql from 'sql-template-tag';

/** Alias c. */
export const CERTIFICATE_LIST: ListSource<typeof LISTS.certificates> = {
  spec: LISTS.certificates,
  from: sql`certificate AS c`,
  columns: {
    number: { sql: sql`c.number` },
    institution: { sql: sql`c.institution` },
    planId: { sql: sql`c.plan_id` },
    sessionId: { sql: sql`c.session_id` },
    person: { sql: sql`c.person` },
    occupation: { sql: sql`c.occupation` },
    level: { sql: sql`c.level` },
    examDate: { sql: sql`c.exam_date` },
    issuedOn: { sql: sql`c.issued_on` },
    state: { sql: sql`c.state` },
    voidedAt: { sql: sql`c.voided_at`, nullable: true },
    voidedBy: { sql: sql`c.voided_by`, nullable: true },
    authority: { sql: sql`c.authority` },
    area: { sql: sql`c.area` },
  },
  search: async (text, db) => ({
    rows: [startsWith(sql`c.number`, text.toUpperCase())],
    institutions: await institutionsLike(db, sql`c.institution`, text),
  }),
};

export const CERTIFICATE_PLACE = { authority: sql`c.authority`, institution: sql`c.institution` };
