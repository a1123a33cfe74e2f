// 公示: publishes all recorded results of a session in one decision.
import { dayOf } from '@hengji/domain-kit';
import { checkActsFor, type Writer } from '@hengji/procedure/tables';
import { inMessages } from '../domain/fields';
import { checkPermitted, type Standing } from '../domain/permission';
import { decidePublish } from '../domain/result';
import type { Ports } from './ports';

export interface PublishResults {
  readonly actor: Writer;
  readonly sessionId: string;
  /** The state of the filing, today. */
  readonly standing: Standing;
}

/**
 * Returns the number of published results and their institution; all in `tx`. Refuses session.unknown, order.held, filing.*. A repeat
 * publishes none.
 */
export const publishResults =
  <Tx>(ports: Ports<Tx>) =>
  async (tx: Tx, command: PublishResults): Promise<{ published: number; institution: string }> => {
    const { plan, session } = await ports.plans.getSitting(tx, command.sessionId);
    checkActsFor(command.actor, plan.institution);
    // The guard comes before the row locks, as in every writer: the effect of an order locks in the same order.
    const { permission, askedAt } = command.standing;
    await ports.checkGuard(tx, plan.institution, [{ ...plan, sessionId: session.sessionId, examDate: session.date }], askedAt);
    checkPermitted(permission, 'session_id');
    const recorded = await ports.results.lockRecorded(tx, session.sessionId);
    const { institution } = plan;
    if (recorded.length === 0) return { published: 0, institution };
    await ports.checkGuard(tx, plan.institution, recorded);
    const told = { state: decidePublish('RECORDED'), publishedOn: dayOf(ports.now()) };
    await ports.results.publish(
      tx,
      recorded.map(({ resultId }) => resultId),
      told,
    );
    for (const results of inMessages(recorded.map((result) => ({ ...result, ...told })))) {
      const resultIds = results.map(({ resultId }) => resultId);
      const value = { sessionId: session.sessionId, resultIds, results, publishedBy: command.actor.officerId };
      await ports.publish(tx, plan.institution, { $case: 'resultsPublished', value });
    }
    return { published: recorded.length, institution };
  };
