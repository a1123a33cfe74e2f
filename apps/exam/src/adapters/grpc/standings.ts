// The state of an institution's filing (备案), read from approval before a transaction; the guard inside the transaction finds later orders.
// A plan or session that does not exist has no filing to read: the use case refuses it.
import { dayOf } from '@hengji/domain-kit';
import { guardTime } from '@hengji/participation';
import type { Ports } from '../../application/ports';
import type { Permission, PermissionQuestion, Standing } from '../../domain/permission';
import type { Plan } from '../../domain/plan';
import type { Sitting } from '../../domain/result';
import type { ApprovalClient } from '../clients/approval';
import type { Database, Tx } from '../store/database';

interface Deps {
  readonly db: Database;
  readonly ports: Ports<Tx>;
  readonly approval: Pick<ApprovalClient, 'permissionFor'>;
}

export interface Standings {
  /** For the given question, now. */
  of(asked: PermissionQuestion): Promise<Standing>;
  /** For a session that will be opened under the plan. */
  ofOpening(planId: string, at: { readonly date: string; readonly area: string }): Promise<Standing>;
  /** For the day of the exam (`EXAM`), or for today. */
  ofSession(sessionId: string, day: 'EXAM' | 'TODAY'): Promise<Standing>;
}

const NOT_ASKED: Permission = { permitted: false, reason: '' };

const about = ({ institution, kind, occupation, level }: Plan, day: string, area: string): PermissionQuestion => ({
  institution,
  kind,
  occupation,
  level,
  day,
  area,
});

export const standings = ({ db, ports, approval }: Deps): Standings => {
  const of = async (asked: PermissionQuestion): Promise<Standing> => {
    const askedAt = await guardTime(db);
    return { permission: await approval.permissionFor(asked), askedAt };
  };
  const unknown = async (): Promise<Standing> => ({ permission: NOT_ASKED, askedAt: await guardTime(db) });
  const ofSitting = ({ plan, session }: Sitting, day: 'EXAM' | 'TODAY'): Promise<Standing> =>
    of(about(plan, day === 'EXAM' ? session.date : dayOf(ports.now()), session.area));
  return {
    of,
    ofOpening: async (planId, { date, area }) => {
      const plan = (await ports.plans.find(db, [planId])).get(planId);
      return plan ? of(about(plan, date, area)) : unknown();
    },
    ofSession: async (sessionId, day) => {
      const sitting = (await ports.plans.findSittings(db, [sessionId])).get(sessionId);
      return sitting ? ofSitting(sitting, day) : unknown();
    },
  };
};
