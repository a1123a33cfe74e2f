// The limits (期限) that a step starts, meets and ends, read from its row.
import type { Procedure, StepOf } from './procedure';
import type { Terms } from './terms';

export interface StepLimits {
  readonly starts: readonly string[];
  readonly meets: readonly string[];
  readonly cancels: readonly string[];
}

/** For a step that is taken from this file; `file` is the file before the step. */
export const limitsOf = <T extends Terms>(
  { steps, tracks }: Pick<Procedure<T>, 'steps' | 'tracks'>,
  before: T['file'],
  step: StepOf<T>,
): StepLimits => {
  const { track, starts = [], startsFrom = {}, meets = [], cancels = [], cancelsFrom = {} } = steps[step];
  const state = tracks[track as T['track']].stateOf(before);
  return {
    starts: [...starts, ...(startsFrom[state] ?? [])],
    meets,
    cancels: [...cancels, ...(cancelsFrom[state] ?? [])],
  };
};
