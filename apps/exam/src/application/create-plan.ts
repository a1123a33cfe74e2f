// Creates a plan after approval has permitted it. The permission is read before the transaction; the guard inside the transaction finds a
// fence placed in between.
import { checkActsFor, type Writer } from '@hengji/procedure/tables';
import { checkPermitted, type Standing } from '../domain/permission';
import { decidePlan, type NewPlan, type Plan } from '../domain/plan';
import type { Ports } from './ports';

export interface CreatePlan {
  readonly actor: Writer;
  /** Checked by `checkNewPlan`. */
  readonly plan: NewPlan;
  /** The state of the filing, for the day of the exam. */
  readonly standing: Standing;
}

/** Creates and publishes the plan, all in `tx`. Refuses filing.*, institution.unknown, order.held, actor.other_institution. */
export const createPlan =
  <Tx>(ports: Ports<Tx>) =>
  async (tx: Tx, command: CreatePlan): Promise<Plan> => {
    checkActsFor(command.actor, command.plan.institution);
    checkPermitted(command.standing.permission);
    const plan = decidePlan(command.plan, ports.newId());
    await ports.checkGuard(tx, plan.institution, [plan], command.standing.askedAt);
    await ports.plans.add(tx, plan);
    await ports.publish(tx, plan.institution, { $case: 'planPublished', value: { plan: { ...plan, heldBy: [], warnings: [] } } });
    return plan;
  };
