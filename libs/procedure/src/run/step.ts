// Runs a step in one transaction as a list of stages: decide, issue, serve, limits, save, publish. Each stage returns the file after it to
// the next stage. A service builds its own list from these stages and inserts its own. No part of a step runs outside the list.
import type { SqlTx } from '@hengji/messaging';
import type { Limits } from '../limits/limits';
import { keepTasks } from '../tasks/keep-tasks';
import { decideStep, limitsOf, tasksOf, type Procedure, type StepLimits, type Terms } from '../tables';

/** The step between two stages. */
export interface Moving<Tx, T extends Terms> {
  readonly tx: Tx;
  readonly asked: T['asked'];
  readonly around: T['around'];
  /** The file as it was locked. */
  readonly before: T['file'];
  /** The file after the previous stages. */
  readonly file: T['file'];
}

/** Writes, and returns the changed file. A refusal in a stage undoes the whole step. */
export type Stage<Tx, T extends Terms> = (moving: Moving<Tx, T>) => Promise<T['file']>;

interface Running<Tx, T extends Terms> {
  /**
   * Locks the file until the transaction ends; returns the file and the data that a decision needs beside it. Refuses if there is no such
   * file.
   */
  readonly lock: (tx: Tx, fileId: string, asked: T['asked']) => Promise<{ readonly file: T['file']; readonly around: T['around'] }>;
  readonly stages: readonly Stage<Tx, T>[];
}

/** Takes the step on the locked file; returns the file afterwards. Refuses as its stages do. */
export const runStep =
  <Tx, T extends Terms>({ lock, stages }: Running<Tx, T>) =>
  async (tx: Tx, fileId: string, asked: T['asked']): Promise<T['file']> => {
    const { file: before, around } = await lock(tx, fileId, asked);
    let file = before;
    for (const stage of stages) file = await stage({ tx, asked, around, before, file });
    return file;
  };

/** The row of the requested step. */
export const rowOf = <T extends Terms>({ steps }: Procedure<T>, { step }: T['asked']) => steps[step as keyof typeof steps];

/** Decides by the tables. Refuses as `decideStep`. */
export const decide =
  <Tx, T extends Terms>(procedure: Procedure<T>): Stage<Tx, T> =>
  async ({ file, asked, around }) =>
    decideStep(procedure, file, asked, around);

/** A stage that only writes: it returns the file unchanged. */
export const only =
  <Tx, T extends Terms>(write: (moving: Moving<Tx, T>) => Promise<void>): Stage<Tx, T> =>
  async (moving) => {
    await write(moving);
    return moving.file;
  };

/** What a step does to the limits of its file, and when the started limits begin. */
export interface LimitsMoved extends StepLimits {
  readonly now: Date;
  /** The start of limits that begin with a service; `now` without it. */
  readonly from?: Date;
  /** When the event happened that meets limits; `now` without it. */
  readonly metAt?: Date;
  /** The file has ended: all limits end except those that outlive it. */
  readonly isOver: boolean;
}

/** Writes the changes. Limits are ended before others are started. */
export const moveLimits = async <Tx>(
  limits: Pick<Limits<Tx>, 'start' | 'meet' | 'cancel'>,
  tx: Tx,
  { id: fileId, institution, authority }: { readonly id: string; readonly institution: string; readonly authority: string },
  { starts, meets, cancels, now, from = now, metAt = now, isOver }: LimitsMoved,
): Promise<void> => {
  if (cancels.length > 0) await limits.cancel(tx, { fileId }, now, cancels);
  for (const code of meets) await limits.meet(tx, code, { fileId }, metAt);
  for (const code of starts) await limits.start(tx, code, { institution, authority, fileId, startedAt: from });
  if (isOver) await limits.cancel(tx, { fileId }, now);
};

interface LimitsOfSteps<Tx, T extends Terms> {
  readonly limits: Pick<Limits<Tx>, 'start' | 'meet' | 'cancel'>;
  /** If the row alone does not determine the limits; without it, the row does. */
  readonly of?: (moving: Moving<Tx, T>) => StepLimits;
  /** The start of the limits that the step starts; now without it. */
  readonly from?: (moving: Moving<Tx, T>) => Date;
  /** When the event happened that meets limits, for example the day on which a paper was received; now without it. */
  readonly metAt?: (moving: Moving<Tx, T>) => Date;
  readonly isOver: (file: T['file']) => boolean;
}

/** Starts, meets and ends the limits of the step. */
export const keepLimits = <Tx, T extends Terms>(
  procedure: Procedure<T>,
  { limits, of, from, metAt, isOver }: LimitsOfSteps<Tx, T>,
): Stage<Tx, T> =>
  only(async (moving) => {
    const { tx, file, before, asked, around } = moving;
    const step = asked.step as Parameters<typeof limitsOf<T>>[2];
    const moved = of ? of(moving) : limitsOf(procedure, before, step);
    const { now } = around;
    const at = { now, from: from?.(moving) ?? now, metAt: metAt?.(moving) ?? now };
    await moveLimits(limits, tx, file, { ...moved, ...at, isOver: isOver(file) });
  });

interface TasksOfSteps<T extends Terms> {
  /** The table of steps that the file follows. */
  readonly kind: string;
  /** The name of the file for people. */
  readonly aboutOf: (file: T['file']) => string;
  readonly newId: () => string;
}

/** Updates the tasks (待办) of the file by the tables. Runs after the limits of the step, which determine when tasks are due. */
export const deriveTasks = <Tx extends SqlTx, T extends Terms>(
  procedure: Procedure<T>,
  { kind, aboutOf, newId }: TasksOfSteps<T>,
): Stage<Tx, T> =>
  only(({ tx, file, asked: { step }, around }) =>
    keepTasks(tx, {
      ...{ kind, file, version: file.entries.length, about: aboutOf(file), taken: [step], now: around.now, newId },
      waiting: tasksOf(procedure, file, around),
    }),
  );
