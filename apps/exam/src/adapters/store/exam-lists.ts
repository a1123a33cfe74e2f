// The lists of plans (考务计划) and of results (评价结果): filters, sort keys and search over their tables.
import { LISTS } from '@hengji/contracts/lists';
import { contains, startsWith, type ListSource } from '@hengji/host';
import { institutionsLike } from '@hengji/participation';
import { evaluatedOccupations } from '@hengji/province';
import sql from 'sql-template-tag';

/** Occupations that are 准入 as a whole: the kind of a plan from before kinds were stored follows from them. */
const RESTRICTED = evaluatedOccupations().flatMap(({ code, accessRestricted }) => (accessRestricted ? [code] : []));
const KIND = sql`CASE WHEN p.kind <> '' THEN p.kind WHEN p.occupation = ANY(${RESTRICTED}) THEN 'QUALIFICATION' ELSE 'LEVEL_RECOGNITION' END`;

/** Alias p. */
export const PLAN_LIST: ListSource<typeof LISTS.plans> = {
  spec: LISTS.plans,
  from: sql`plan AS p`,
  columns: {
    planId: { sql: sql`p.plan_id` },
    name: { sql: sql`p.name` },
    institution: { sql: sql`p.institution` },
    kind: { sql: KIND },
    occupation: { sql: sql`p.occupation` },
    level: { sql: sql`p.level` },
    examDate: { sql: sql`p.exam_date` },
    state: { sql: sql`p.state` },
    authority: { sql: sql`p.authority` },
    area: { sql: sql`p.area` },
  },
  search: async (text, db) => ({
    rows: [startsWith(sql`p.plan_id`, text), contains(sql`p.name`, text)],
    institutions: await institutionsLike(db, sql`p.institution`, text),
  }),
};

export const PLAN_PLACE = { authority: sql`p.authority`, institution: sql`p.institution` };

/** Alias r. */
export const RESULT_LIST: ListSource<typeof LISTS.results> = {
  spec: LISTS.results,
  from: sql`result AS r`,
  columns: {
    resultId: { sql: sql`r.result_id` },
    institution: { sql: sql`r.institution` },
    planId: { sql: sql`r.plan_id` },
    sessionId: { sql: sql`r.session_id` },
    person: { sql: sql`r.person` },
    occupation: { sql: sql`r.occupation` },
    level: { sql: sql`r.level` },
    examDate: { sql: sql`r.exam_date` },
    theoryTenths: { sql: sql`r.theory_tenths` },
    skillTenths: { sql: sql`r.skill_tenths` },
    reviewTenths: { sql: sql`r.review_tenths` },
    passed: { sql: sql`r.passed` },
    state: { sql: sql`r.state` },
    authority: { sql: sql`r.authority` },
    area: { sql: sql`r.area` },
  },
  search: async (text, db) => ({
    rows: [startsWith(sql`r.result_id`, text)],
    institutions: await institutionsLike(db, sql`r.institution`, text),
  }),
};

export const RESULT_PLACE = { authority: sql`r.authority`, institution: sql`r.institution` };
