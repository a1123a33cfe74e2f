// Works on the tasks in messaging.task while the process runs. The relay's listening connection starts it at commit (see wake.ts), and it
// also polls. task-chunk.ts defines a chunk and what happens when one fails.
import type { Part } from '@hengji/host';
import { bell, type Bell } from './pauses';
import type { SqlTx } from './sql';
import { workOneChunk, type Workbench } from './task-chunk';
import { onWake } from './wake';

/** The service's name, database, kinds of tasks and log. */
export interface TaskRunnerOptions<Tx extends SqlTx> extends Omit<Workbench<Tx>, 'now'> {
  readonly now?: () => Date;
  /** Chunks in work at the same time; default 2. */
  readonly concurrency?: number;
}

const POLL_MS = 1_000;

/** Works on this service's tasks. Starts also while PostgreSQL is unavailable. */
export const taskRunner = <Tx extends SqlTx>({ concurrency = 2, now = () => new Date(), ...rest }: TaskRunnerOptions<Tx>): Part => {
  const bench: Workbench<Tx> = { ...rest, now };
  let running = false;
  let workers: Promise<void>[] = [];
  let bells: Bell[] = [];
  let unsubscribe: () => void = () => undefined;

  const work = async (idle: Bell): Promise<void> => {
    while (running) {
      const worked = await workOneChunk(bench).catch((failure: unknown) => {
        bench.log.warn({ err: failure }, 'tasks cannot be worked on now');
        return false;
      });
      if (!worked && running) await idle.wait(POLL_MS);
    }
  };

  return {
    name: 'tasks',
    start: async () => {
      running = true;
      bells = Array.from({ length: concurrency }, bell);
      unsubscribe = onWake('messaging_task', () => bells.forEach((idle) => idle.ring()));
      workers = bells.map(work);
    },
    stop: async () => {
      running = false;
      unsubscribe();
      bells.forEach((idle) => idle.ring());
      await Promise.all(workers);
    },
  };
};
