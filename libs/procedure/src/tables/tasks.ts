// Who has to act next (待办), derived from the same tables as steps: rows with a `task` that can be taken in the file's current state.
// Exclusive parts are not considered: a task waits for a role, and the step itself refuses excluded people.
import type { Procedure, StepOf } from './procedure';
import { isNear } from './standing';
import { SYSTEM, type Terms } from './terms';

export interface WaitingTask {
  readonly step: string;
  readonly title: string;
  /** One of the takers of the procedure. */
  readonly role: string;
  /** Codes of the limits that determine when it is due: those that it meets, otherwise those of the same taker's steps in its track. */
  readonly limits: readonly string[];
  /** The authority whose officers have to act; absent = that of the file. */
  readonly authority?: string;
  /** When it is due if no limit of the registry runs. */
  readonly dueAt?: Date;
}

const takerOf = <T extends Terms>({ steps }: Pick<Procedure<T>, 'steps'>, step: StepOf<T>): string => {
  const { by, task } = steps[step];
  return (typeof task === 'object' ? task.by : undefined) ?? by;
};

const limitsOf = <T extends Terms>(procedure: Pick<Procedure<T>, 'steps'>, step: StepOf<T>): readonly string[] => {
  const { steps } = procedure;
  const { meets = [], track } = steps[step];
  if (meets.length > 0) return meets;
  const beside = (Object.keys(steps) as StepOf<T>[]).filter(
    (other) => steps[other].track === track && takerOf(procedure, other) === takerOf(procedure, step),
  );
  return beside.flatMap((other) => steps[other].meets ?? []);
};

/** The tasks of the file in its current state. */
export const tasksOf = <T extends Terms>(procedure: Procedure<T>, file: T['file'], around: T['around']): WaitingTask[] =>
  (Object.keys(procedure.steps) as StepOf<T>[]).flatMap((step) => {
    const { task, title } = procedure.steps[step];
    const rule = task === true ? {} : task;
    const role = takerOf(procedure, step);
    if (rule === undefined || role === SYSTEM || !isNear(procedure, file, step)) return [];
    if (rule.when?.(file, around) === false) return [];
    const elsewhere = rule.authority === undefined ? {} : { authority: rule.authority };
    return [{ step, title: rule.title ?? title, role, limits: limitsOf(procedure, step), ...elsewhere }];
  });
