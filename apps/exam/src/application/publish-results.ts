// 公示: all recorded results of a session become published, as one decision.
import { checkActsFor, type Writer } from '@hengji/procedure/tables';
import { inMessages } from '../domain/fields';
import { decidePublish } from '../domain/result';
import type { Ports } from './ports';

export interface PublishResults {
  readonly actor: Writer;
  readonly sessionId: string;
}

/** How many were published, and of which institution. All of it in `tx`. Refuses session.unknown, order.held. A second time publishes none. */
export const publishResults =
  <Tx>(ports: Ports<Tx>) =>
  async (tx: Tx, command: PublishResults): Promise<{ published: number; institution: string }> => {
    const { plan, session } = await ports.plans.getSitting(tx, command.sessionId);
    checkActsFor(command.actor, plan.institution);
    // The guard comes before the rows are locked, as in every writer: an order's effect locks in the same order.
    await ports.checkGuard(tx, plan.institution, [{ ...plan, sessionId: session.sessionId, examDate: session.date }]);
    const recorded = await ports.results.lockRecorded(tx, session.sessionId);
    const { institution } = plan;
    if (recorded.length === 0) return { published: 0, institution };
    await ports.checkGuard(tx, plan.institution, recorded);
    const state = decidePublish('RECORDED');
    await ports.results.setState(
      tx,
      recorded.map(({ resultId }) => resultId),
      state,
    );
    for (const results of inMessages(recorded.map((result) => ({ ...result, state })))) {
      const resultIds = results.map(({ resultId }) => resultId);
      const value = { sessionId: session.sessionId, resultIds, results, publishedBy: command.actor.officerId };
      await ports.publish(tx, plan.institution, { $case: 'resultsPublished', value });
    }
    return { published: recorded.length, institution };
  };
