// The lists of orders (处理决定) and of cases (案件) over their tables: filters, sorting, search, and the rows that each person
// may read.
import { LISTS } from '@hengji/contracts/lists';
import { contains, startsWith, type ListSource } from '@hengji/host';
import { institutionsLike } from '@hengji/participation';
import { reachSql } from '@hengji/procedure';
import { typedDocumentNo } from '@hengji/province';
import sql, { type Sql } from 'sql-template-tag';
import { TRANSFERS } from '../../domain/cascade';
import { DRAFTABLE_STATES, DRAFTABLE_TRACKS } from '../../domain/cases/gates';
import type { Visible } from '../../domain/competence';

/** `phaseOf` of domain/reading/phase.ts over alias o; orders.int.spec.ts compares the two. */
const PHASE = sql`CASE
  WHEN EXISTS (SELECT 1 FROM lifting AS l WHERE l.order_id = o.id AND l.completed_at IS NULL) THEN 'LIFTING'
  WHEN o.suspended_at IS NOT NULL THEN 'SUSPENDED'
  WHEN o.state = 'EXECUTING' AND o.reopened_at IS NOT NULL AND (o.completed_at IS NULL OR o.completed_at < o.reopened_at) THEN 'REOPENED'
  WHEN o.state = 'EXECUTING' AND o.sweep_next_at IS NOT NULL THEN 'COUNTING'
  WHEN o.discarded_at IS NOT NULL THEN 'DISCARDED'
  WHEN o.state = 'DRAFT' THEN 'DRAFTED'
  WHEN o.state = 'PREVIEWED' THEN 'AWAITING_SIGNATURE'
  WHEN o.state = 'SIGNED' THEN 'FENCING'
  ELSE o.state END`;

/** The authority that handles a row of the alias: another than that of the filing after 提级 or 指定管辖. */
const handlerOf = (alias: Sql): Sql => sql`coalesce(nullif(${alias}.handled_by, ''), ${alias}.authority)`;

/** Alias o. */
export const ORDER_LIST: ListSource<typeof LISTS.orders> = {
  spec: LISTS.orders,
  from: sql`orders AS o`,
  columns: {
    sequence: { sql: sql`o.sequence` },
    orderId: { sql: sql`o.id` },
    documentNo: { sql: sql`o.document_no`, nullable: true },
    institution: { sql: sql`o.institution` },
    phase: { sql: PHASE },
    caseId: { sql: sql`o.case_id`, nullable: true },
    interim: { sql: sql`o.interim` },
    draftedAt: { sql: sql`o.drafted_at` },
    signedAt: { sql: sql`o.signed_at`, nullable: true },
    completedAt: { sql: sql`o.completed_at`, nullable: true },
    authority: { sql: handlerOf(sql`o`) },
    area: { sql: sql`o.area` },
  },
  search: async (text, db) => ({
    rows: [startsWith(sql`o.id`, text), contains(sql`o.document_no`, typedDocumentNo(text)), contains(sql`o.institution_name`, text)],
    institutions: await institutionsLike(db, sql`o.institution`, text),
  }),
};

/** Alias c. */
export const CASE_LIST: ListSource<typeof LISTS.cases> = {
  spec: LISTS.cases,
  from: sql`case_file AS c`,
  columns: {
    sequence: { sql: sql`c.sequence` },
    caseId: { sql: sql`c.id` },
    number: { sql: sql`coalesce(nullif(c.handled_number, ''), c.number)` },
    institution: { sql: sql`c.institution` },
    state: { sql: sql`c.state` },
    source: { sql: sql`c.source` },
    suspended: { sql: sql`c.suspended` },
    draftable: {
      sql: sql`(c.state = ANY (${[...DRAFTABLE_STATES]}::text[]) OR c.transfer_track = ANY (${[...DRAFTABLE_TRACKS]}::text[]))`,
    },
    openedBy: { sql: sql`c.opened_by` },
    // Main and assisting officers; the index is on the whole array.
    officer: { sql: sql`c.officers[1]`, is: (values) => sql`c.officers && ${[...values]}::text[]` },
    openedAt: { sql: sql`c.opened_at` },
    authority: { sql: handlerOf(sql`c`) },
    area: { sql: sql`c.area` },
  },
  search: async (text, db) => ({
    rows: [
      ...[sql`c.number`, sql`c.handled_number`].map((column) => contains(column, typedDocumentNo(text))),
      contains(sql`c.summary`, text),
      contains(sql`c.institution_name`, text),
    ],
    institutions: await institutionsLike(db, sql`c.institution`, text),
  }),
};

/** An institution may read an order after its issue, and never a transfer; `issued_at` and `measures` of the alias. */
const told = (alias: Sql): Sql => sql`${alias}.issued_at IS NOT NULL AND NOT ${alias}.measures && ${[...TRANSFERS]}::text[]`;

/** An authority reads what is filed with it, and what it handles for another. */
const visible = (alias: Sql, who: Visible, toldOf: Sql): Sql => {
  const of = (authority: Sql): Sql => reachSql(who, { authority, institution: sql`${alias}.institution` });
  const filed = of(sql`${alias}.authority`);
  const reached = who.authority === undefined ? filed : sql`(${filed} OR ${of(sql`${alias}.handled_by`)})`;
  return who.issuedOnly ? sql`${reached} AND (${toldOf})` : reached;
};

/** The orders that `visibleTo` allows, over alias o. */
export const visibleOrders = (who: Visible): Sql => visible(sql`o`, who, told(sql`o`));

/** Over alias c: an institution may read a case after the notice, or after an interim stop before the notice (domain/cases/party). */
export const visibleCases = (who: Visible): Sql =>
  visible(
    sql`c`,
    who,
    sql`c.notice_served_at IS NOT NULL OR EXISTS (SELECT 1 FROM orders AS t WHERE t.case_id = c.id AND ${told(sql`t`)})`,
  );
