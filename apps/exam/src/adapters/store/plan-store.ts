// Plans and sessions. Single rows through Prisma; imports and locking reads as SQL.
import { Refusal } from '@hengji/domain-kit';
import { rowsOf } from '@hengji/messaging';
import { isEvaluationKind, kindOfOccupation } from '@hengji/province';
import sql, { type Sql } from 'sql-template-tag';
import type { PlanStore } from '../../application/ports';
import type { Plan, Session } from '../../domain/plan';
import type { Sitting } from '../../domain/result';
import type { Plan as PlanRow, Session as SessionRow } from '../../generated/client';
import type { Tx } from './database';

/** A row from before kinds were stored has the kind of its occupation. */
export const planOf = ({ planId, institution, name, kind, occupation, level, examDate, state }: PlanRow): Plan => ({
  planId,
  institution,
  name,
  kind: isEvaluationKind(kind) ? kind : kindOfOccupation(occupation),
  occupation,
  level,
  examDate,
  state: state as Plan['state'],
});

export const sessionOf = ({ sessionId, planId, institution, date, area, venue }: SessionRow): Session => ({
  sessionId,
  planId,
  institution,
  date,
  area,
  venue,
});

// A shared lock: sessions and results may be added concurrently, but an order cannot stop the plan before their commit.
const lockPlanSql = (planId: string): Sql => sql`SELECT 1 FROM plan WHERE plan_id = ${planId} FOR SHARE`;

const importPlansSql = (plans: string): Sql => sql`
  INSERT INTO plan (plan_id, institution, name, kind, occupation, level, exam_date, state)
  SELECT "planId", institution, name, kind, occupation, level, "examDate", state FROM json_to_recordset(${plans}::json)
    AS p("planId" text, institution text, name text, kind text, occupation text, level text, "examDate" text, state text)
  ON CONFLICT DO NOTHING RETURNING plan_id AS id`;

const importSessionsSql = (sessions: string): Sql => sql`
  INSERT INTO session (session_id, plan_id, institution, date, area, venue)
  SELECT "sessionId", "planId", institution, date, area, venue FROM json_to_recordset(${sessions}::json)
    AS s("sessionId" text, "planId" text, institution text, date text, area text, venue text)
  ON CONFLICT DO NOTHING RETURNING session_id AS id`;

const importedIds = async (tx: Tx, importSql: (rows: string) => Sql, rows: readonly unknown[]): Promise<Set<string>> => {
  if (rows.length === 0) return new Set();
  const added = await rowsOf<{ id: string }>(tx, importSql(JSON.stringify(rows)));
  return new Set(added.map((row) => row.id));
};

const unknown = (noun: 'plan' | 'session', message: string): Refusal =>
  new Refusal('notFound', `${noun}.unknown`, message, { field: `${noun}_id`, rule: 'N3.7b' });

const getPlan = async (tx: Tx, planId: string): Promise<Plan> => {
  await rowsOf(tx, lockPlanSql(planId));
  const row = await tx.plan.findUnique({ where: { planId } });
  if (row === null) throw unknown('plan', '计划不存在');
  return planOf(row);
};

const getSitting = async (tx: Tx, sessionId: string): Promise<Sitting> => {
  const row = await tx.session.findUnique({ where: { sessionId } });
  if (row === null) throw unknown('session', '场次不存在');
  return { plan: await getPlan(tx, row.planId), session: sessionOf(row) };
};

export const planStore = (): PlanStore<Tx> => ({
  add: async (tx, plan) => {
    await tx.plan.create({ data: plan });
  },
  get: getPlan,
  find: async (tx, planIds) => {
    const rows = await tx.plan.findMany({ where: { planId: { in: [...planIds] } } });
    return new Map(rows.map((row) => [row.planId, planOf(row)]));
  },
  addSession: async (tx, session) => {
    await tx.session.create({ data: session });
  },
  getSitting,
  findSittings: async (tx, sessionIds) => {
    const rows = await tx.session.findMany({ where: { sessionId: { in: [...sessionIds] } }, include: { plan: true } });
    return new Map(rows.map((row) => [row.sessionId, { plan: planOf(row.plan), session: sessionOf(row) }]));
  },
  importPlans: (tx, plans) => importedIds(tx, importPlansSql, plans),
  importSessions: (tx, sessions) => importedIds(tx, importSessionsSql, sessions),
});

/** The existing plans of the ids. */
export const findPlans = async (db: Tx, planIds: readonly string[]): Promise<Plan[]> =>
  (await db.plan.findMany({ where: { planId: { in: [...planIds] } } })).map(planOf);
