// Imports existing plans with their sessions (历史数据). One message is one transaction; a record that exists already must be equal.
import { Refusal } from '@hengji/domain-kit';
import { byInstitution } from '@hengji/participation';
import { atMost, inMessages } from '../domain/fields';
import { decideImportedPlan, decideImportedSession, type ImportedPlan, type Plan, type Session } from '../domain/plan';
import { firstRepeated } from '../domain/result';
import { plannable } from './plannable';
import type { Ports } from './ports';

/** Sessions come with their plans; one plan may have several sessions. */
const SESSIONS_PER_MESSAGE = 10_000;

export interface ImportPlans {
  readonly plans: readonly ImportedPlan[];
  readonly sessions: readonly Session[];
}

export interface Imported {
  readonly imported: number;
  readonly already: number;
}

const taken = (noun: string, field: string): Refusal =>
  new Refusal('conflict', `${noun}.id_taken`, '编号已被内容不同的记录占用', { field, rule: 'N3.7b' });

const refuseRepeated = (noun: string, field: string, ids: readonly string[]): void => {
  const repeated = firstRepeated(ids);
  if (repeated >= 0) throw taken(noun, `${field}[${repeated}].${noun}_id`);
};

const samePlan = (a: Plan, b: Plan): boolean =>
  a.kind === b.kind &&
  a.institution === b.institution &&
  a.name === b.name &&
  a.occupation === b.occupation &&
  a.level === b.level &&
  a.examDate === b.examDate;

const sameSession = (a: Session, b: Session): boolean =>
  a.planId === b.planId && a.date === b.date && a.area === b.area && a.venue === b.venue;

const importPlanRows = async <Tx>(ports: Ports<Tx>, tx: Tx, plans: readonly Plan[]): Promise<Set<string>> => {
  for (const [institution, own] of byInstitution(plans)) await ports.checkGuard(tx, institution, own);
  const added = await ports.plans.importPlans(tx, plans);
  if (added.size === plans.length) return added;
  const stored = await ports.plans.find(
    tx,
    plans.map((plan) => plan.planId),
  );
  plans.forEach((plan, i) => {
    const other = stored.get(plan.planId);
    if (!added.has(plan.planId) && (other === undefined || !samePlan(plan, other))) throw taken('plan', `plans[${i}].plan_id`);
  });
  return added;
};

const sessionsOf = async <Tx>(ports: Ports<Tx>, tx: Tx, given: readonly Session[]): Promise<Session[]> => {
  const plans = await ports.plans.find(tx, [...new Set(given.map((session) => session.planId))]);
  return given.map((session, i) => {
    const plan = plans.get(session.planId);
    if (plan === undefined) {
      throw new Refusal('notFound', 'plan.unknown', '场次所属计划不存在', { field: `sessions[${i}].plan_id`, rule: 'N3.7b' });
    }
    return decideImportedSession(plan, session, plannable(ports), `sessions[${i}]`);
  });
};

const importSessionRows = async <Tx>(ports: Ports<Tx>, tx: Tx, sessions: readonly Session[]): Promise<Set<string>> => {
  for (const [institution, own] of byInstitution(sessions)) {
    await ports.checkGuard(
      tx,
      institution,
      own.map((session) => ({ ...session, examDate: session.date })),
    );
  }
  const added = await ports.plans.importSessions(tx, sessions);
  if (added.size === sessions.length) return added;
  const stored = await ports.plans.findSittings(
    tx,
    sessions.map((session) => session.sessionId),
  );
  sessions.forEach((session, i) => {
    const other = stored.get(session.sessionId)?.session;
    if (!added.has(session.sessionId) && (other === undefined || !sameSession(session, other))) {
      throw taken('session', `sessions[${i}].session_id`);
    }
  });
  return added;
};

/** Plans before their sessions, and institutions in code order, as in every writer. */
const publishImported = async <Tx>(ports: Ports<Tx>, tx: Tx, plans: readonly Plan[], sessions: readonly Session[]): Promise<void> => {
  const added = [
    ...plans.map((plan) => ({ institution: plan.institution, plan, session: undefined })),
    ...sessions.map((session) => ({ institution: session.institution, plan: undefined, session })),
  ];
  for (const [institution, own] of byInstitution(added)) {
    for (const part of inMessages(own)) {
      const value = {
        plans: part.flatMap(({ plan }) => (plan ? [{ ...plan, heldBy: [], warnings: [] }] : [])),
        sessions: part.flatMap(({ session }) => session ?? []),
      };
      await ports.publish(tx, institution, { $case: 'plansImported', value });
    }
  }
};

/** Imports one message, all in `tx`. Refuses import.too_many, malformed fields, plan.unknown, *.id_taken, order.held. */
export const importPlans =
  <Tx>(ports: Ports<Tx>) =>
  async (tx: Tx, message: ImportPlans): Promise<Imported> => {
    atMost(message.plans.length, 'plans', 'import.too_many');
    atMost(message.sessions.length, 'sessions', 'import.too_many', SESSIONS_PER_MESSAGE);
    const plans = message.plans.map((plan, i) => decideImportedPlan(plan, plannable(ports), `plans[${i}]`));
    refuseRepeated(
      'plan',
      'plans',
      plans.map((plan) => plan.planId),
    );
    refuseRepeated(
      'session',
      'sessions',
      message.sessions.map((session) => session.sessionId),
    );
    const addedPlans = await importPlanRows(ports, tx, plans);
    const sessions = await sessionsOf(ports, tx, message.sessions);
    const addedSessions = await importSessionRows(ports, tx, sessions);
    const [newPlans, newSessions] = [
      plans.filter(({ planId }) => addedPlans.has(planId)),
      sessions.filter(({ sessionId }) => addedSessions.has(sessionId)),
    ];
    await publishImported(ports, tx, newPlans, newSessions);
    // The sender counts plans; for a message with sessions only, it counts sessions.
    const [added, all] = plans.length > 0 ? [addedPlans.size, plans.length] : [addedSessions.size, sessions.length];
    return { imported: added, already: all - added };
  };
