import { dayOf } from '@hengji/domain-kit';
import { checkActsFor, type Writer } from '@hengji/procedure/tables';
import { checkPermitted, type Standing } from '../domain/permission';
import { decideSession, type NewSession, type Session } from '../domain/plan';
import type { Ports } from './ports';

export interface OpenSession {
  readonly actor: Writer;
  readonly session: NewSession;
  /** The state of the filing, for the day and the place of the session. */
  readonly standing: Standing;
}

/**
 * Opens a session and returns it with its institution, all in `tx`. Refuses plan.unknown, plan.not_published, session.*, order.held,
 * filing.*.
 */
export const openSession =
  <Tx>(ports: Ports<Tx>) =>
  async (tx: Tx, command: OpenSession): Promise<{ session: Session; institution: string }> => {
    const plan = await ports.plans.get(tx, command.session.planId);
    checkActsFor(command.actor, plan.institution);
    const session = decideSession(plan, command.session, { sessionId: ports.newId(), today: dayOf(ports.now()) });
    const { permission, askedAt } = command.standing;
    await ports.checkGuard(tx, plan.institution, [{ ...plan, sessionId: session.sessionId, examDate: session.date }], askedAt);
    checkPermitted(permission, 'session.plan_id');
    await ports.plans.addSession(tx, session);
    await ports.publish(tx, plan.institution, { $case: 'sessionOpened', value: { session } });
    return { session, institution: plan.institution };
  };
