// The lists of institutions (评价机构) and of public notices (公告): filters, sort keys and search over their tables.
import { LISTS } from '@hengji/contracts/lists';
import { contains, nameHas, namesLike, type ListSource } from '@hengji/host';
import { rowsOf } from '@hengji/messaging';
import { isStopped } from '@hengji/participation';
import { typedNumber } from '@hengji/province';
import sql, { type Sql } from 'sql-template-tag';

/** The same rule as `statusOf` of domain/filing-status.ts, in SQL. */
const statusOn = (today: string): Sql => sql`CASE
  WHEN i.state = 'REMOVED' THEN 'REMOVED'
  WHEN ${isStopped(sql`i.code`)} THEN 'HELD'
  WHEN ${today} > i.valid_until OR ${today} < i.valid_from THEN 'EXPIRED'
  ELSE 'ACTIVE' END`;

/** Also finds filings without a search text, which an older version wrote. */
const named = async (text: string): Promise<Sql> =>
  sql`${await namesLike(sql`i.search_text`, text)} OR (i.search_text IS NULL AND ${contains(sql`i.name`, text)})`;

/** No search confirms what may be the ID number of a person: eighteen digits with a year of birth in their place. */
const IS_PUBLIC_USCC = sql`i.uscc !~ ${'^\\d{6}(19|20)\\d{9}[\\dX]$'}`;

/** Alias i; `today` is YYYY-MM-DD. */
export const institutionList = (today: string): ListSource<typeof LISTS.institutions> => ({
  spec: LISTS.institutions,
  from: sql`institution AS i`,
  columns: {
    code: { sql: sql`i.code` },
    uscc: { sql: sql`i.uscc`, is: (codes) => sql`i.uscc = ANY(${codes.map(typedNumber)}::text[]) AND ${IS_PUBLIC_USCC}` },
    name: {
      sql: sql`i.name`,
      has: (text) => sql`${nameHas(sql`i.search_text`, text)} OR (i.search_text IS NULL AND ${contains(sql`i.name`, text)})`,
    },
    institutionClass: { sql: sql`i.institution_class` },
    authority: { sql: sql`i.authority` },
    area: { sql: sql`i.area` },
    occupation: {
      sql: sql`i.code`,
      is: (occupations) => sql`i.code IN (SELECT code FROM scope_line WHERE occupation = ANY(${[...occupations]}::text[]))`,
    },
    validUntil: { sql: sql`i.valid_until` },
    status: { sql: statusOn(today) },
  },
  search: async (text) => {
    const code = typedNumber(text) || text;
    return { rows: [await named(text), contains(sql`i.code`, code), sql`${contains(sql`i.uscc`, code)} AND ${IS_PUBLIC_USCC}`] };
  },
});

export const INSTITUTION_PLACE = { authority: sql`i.authority`, institution: sql`i.code` };

/** Alias n. Search finds nothing in the text: a withdrawn notice has none. */
export const DECISION_NOTICE_LIST: ListSource<typeof LISTS.decisions> = {
  spec: LISTS.decisions,
  from: sql`decision_notice AS n`,
  columns: {
    noticeId: { sql: sql`n.notice_id` },
    number: { sql: sql`n.number` },
    institution: { sql: sql`n.institution` },
    authority: { sql: sql`n.authority` },
    publishedAt: { sql: sql`coalesce(n.published_at, n.withdrawn_at)` },
  },
  search: async (text, db) => {
    const institutions = await rowsOf<{ code: string }>(db, sql`SELECT i.code FROM institution AS i WHERE ${await named(text)}`);
    return {
      rows: [contains(sql`n.number`, text), contains(sql`n.institution_name`, text), contains(sql`n.institution`, text)],
      institutions: { column: sql`n.institution`, codes: institutions.map(({ code }) => code) },
    };
  },
};

/** Alias n. */
export const NOTICE_LIST: ListSource<typeof LISTS.notices> = {
  spec: LISTS.notices,
  from: sql`notice AS n`,
  columns: {
    noticeId: { sql: sql`n.notice_id` },
    title: { sql: sql`n.title` },
    documentNo: { sql: sql`n.document_no` },
    institution: { sql: sql`n.institution` },
    publishedAt: { sql: sql`n.published_at` },
    withdrawnAt: { sql: sql`n.withdrawn_at`, nullable: true },
  },
  search: async (text, db) => {
    const institutions = await rowsOf<{ code: string }>(db, sql`SELECT i.code FROM institution AS i WHERE ${await named(text)}`);
    return {
      rows: [contains(sql`n.title`, text), contains(sql`n.document_no`, text)],
      institutions: { column: sql`n.institution`, codes: institutions.map(({ code }) => code) },
    };
  },
};
