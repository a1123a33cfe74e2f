// Fills the lists with rows, by set: 400 institutions (one of them has a tenth of all rows), dates over three years, and
// one row in ten thousand that an order has changed.
import type { Client } from 'pg';

const INSTITUTIONS = `
  CREATE TEMPORARY TABLE filled AS SELECT i, 'S0000' || 21000000 + i AS code,
    CASE WHEN i % 15 = 0 THEN 'LN' ELSE (2100 + i % 15)::text END AS authority, (210002 + i % 15 * 100 + i % 6)::text AS area,
    (ARRAY['沈阳', '大连', '鞍山', '抚顺', '本溪', '丹东', '锦州', '营口', '阜新', '辽阳', '盘锦', '铁岭', '朝阳'])[1 + i % 13]
      || (ARRAY['技师学院', '职业培训学校', '技工学校', '鉴定中心'])[1 + i % 4] AS name,
    (ARRAY['shenyang', 'dalian', 'anshan', 'fushun', 'benxi', 'dandong', 'jinzhou', 'yingkou', 'fuxin', 'liaoyang', 'panjin', 'tieling',
      'chaoyang'])[1 + i % 13] || (ARRAY['jishixueyuan', 'zhiyepeixunxuexiao', 'jigongxuexiao', 'jiandingzhongxin'])[1 + i % 4] AS sound,
    (ARRAY['sy', 'dl', 'as', 'fs', 'bx', 'dd', 'jz', 'yk', 'fx', 'ly', 'pj', 'tl', 'cy'])[1 + i % 13]
      || (ARRAY['jsxy', 'zypxxx', 'jgxx', 'jdzx'])[1 + i % 4] AS initials
  FROM generate_series(1, 400) AS i`;

const PLACES = `
  INSERT INTO institution_place (code, name, authority, area, search_text)
  SELECT code, name || i, authority, area, concat_ws(' ', name || i, sound, initials) FROM filled ON CONFLICT DO NOTHING`;

/** One row each: `n` from 1, the institution, a pseudo-random number, a date. */
const rows = (count: number): string => `
  CREATE TEMPORARY TABLE one AS
  SELECT n, filled.*, r, (date '2023-01-01' + (n::bigint * 1000 / ${count})::int)::text AS day, r % 10000 = 3 AS changed
  FROM (SELECT n, (hashint4(n) & 2147483647) AS r, CASE WHEN n % 10 = 0 THEN 1 ELSE 1 + (hashint4(n + 7) & 2147483647) % 400 END AS i
        FROM generate_series(1, ${count}) AS n) AS drawn JOIN filled USING (i) ORDER BY drawn.n`;

const OCCUPATION = `'4-' || lpad((r % 20)::text, 2, '0') || '-0' || r % 7 || '-01'`;
const LEVEL = `(1 + r % 5)::text`;

const CERTIFICATES = `
  INSERT INTO certificate (number, result_id, institution, plan_id, session_id, occupation, level, person, exam_date, issued_on, state, voided_at,
    voided_by, void_document_no, masked_name, sealed_holder, authority, area)
  SELECT code || lpad(n::text, 9, '0'), 'r' || n, code, 'p' || i || '-' || n / 20000, 's' || i || '-' || n / 10000, ${OCCUPATION}, ${LEVEL},
    md5((n % 700000)::text), day, day, CASE WHEN changed THEN 'VOIDED' ELSE 'ISSUED' END, CASE WHEN changed THEN now() END,
    CASE WHEN changed THEN 'o' || n % 5 END, CASE WHEN changed THEN 'd' END, '张*', repeat(md5(n::text), 5), authority, area
  FROM one ORDER BY one.n`;

const SESSIONS = [
  `INSERT INTO plan (plan_id, institution, name, occupation, level, exam_date, state, authority, area)
   SELECT DISTINCT 'p' || i || '-' || n / 20000, code, '认定计划', '4-01-01-01', '4', '2023-01-01', 'DONE', authority, area FROM one`,
  `INSERT INTO session (session_id, plan_id, institution, date, area, venue)
   SELECT DISTINCT 's' || i || '-' || n / 10000, 'p' || i || '-' || n / 20000, code, '2023-01-01', area, '第1考场' FROM one`,
];

const RESULTS = `
  INSERT INTO result (result_id, session_id, plan_id, institution, occupation, level, person, exam_date, theory_tenths, skill_tenths, passed, state,
    sealed_candidate, authority, area)
  SELECT 'r' || lpad(n::text, 10, '0'), 's' || i || '-' || n / 10000, 'p' || i || '-' || n / 20000, code, ${OCCUPATION}, ${LEVEL}, md5(n::text), day,
    300 + r % 700, 300 + r % 699, r % 5 > 0, CASE WHEN changed THEN 'CANCELLED' ELSE 'PUBLISHED' END, repeat(md5(n::text), 5), authority, area
  FROM one ORDER BY one.n`;

/** Statements in the order they run; the last ones analyse the tables. */
export const FILLS = {
  certificates: { service: 'certificate', table: 'certificate', statements: [CERTIFICATES] },
  results: { service: 'exam', table: 'result', statements: [...SESSIONS, RESULTS] },
} as const;

/** Fills the empty tables of the list with this many rows. */
export const fill = async (session: Client, list: keyof typeof FILLS, count: number): Promise<void> => {
  const { table, statements } = FILLS[list];
  for (const statement of [INSTITUTIONS, PLACES, rows(count), ...statements]) await session.query(statement);
  await session.query(`VACUUM ANALYZE ${table}`);
  await session.query('ANALYZE institution_place');
};
