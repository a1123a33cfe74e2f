// The limits around remedies: the days for the answer, the time for the next instance, and when a court may be asked to enforce
// (行政强制法 §53, §54): after the time for remedies, and while no remedy runs.
import type { Day } from '@hengji/domain-kit';
import type { DeadlineCode } from '../deadlines/registry';
import type { Remedy, RemedyKind } from './remedy';

interface KindLimits {
  /** Starts when the papers are received; the answer meets it. */
  readonly answer?: DeadlineCode;
  /** The party's time that the remedy meets. */
  readonly meets?: DeadlineCode;
  /** The party's time for the next instance; starts when the result is received. */
  readonly next?: DeadlineCode;
}

export const LIMITS_OF = {
  RECONSIDERATION: { answer: 'D-RECON-ANSWER', meets: 'D-RECON', next: 'D-LITIG-AFTER' },
  // D-LITIG itself runs on: after a suit that is withdrawn, its end counts again.
  SUIT: { answer: 'D-LITIG-ANSWER', next: 'D-APPEAL' },
  APPEAL: {},
} as const satisfies Record<RemedyKind, KindLimits>;

const ABOUT_REMEDIES: readonly (string | undefined)[] = Object.values<KindLimits>(LIMITS_OF).flatMap(({ answer, next }) => [answer, next]);

/** Whether a limit of this code is about a remedy; all others are about the case or an order. */
export const isOfRemedy = (code: string): boolean => ABOUT_REMEDIES.includes(code);

/** Noon of the day: the limit is counted from that day. */
export const startOf = (day: Day): Date => new Date(`${day}T12:00:00+08:00`);

/** A withdrawn remedy ends without a decision on the matter, so no next instance is open. */
export const opensNext = ({ result }: Pick<Remedy, 'result'>): boolean => result !== null && result.word !== 'WITHDRAWN';

export interface LimitOfCase {
  readonly code: string;
  /** The remedy that the limit is about; empty for the case itself. */
  readonly about: string;
  readonly state: string;
  readonly dueAt: Date;
}

const RUNNING = ['RUNNING', 'NEARING', 'SUSPENDED'];
const NEXT: readonly string[] = [LIMITS_OF.RECONSIDERATION.next, LIMITS_OF.SUIT.next];

type Instance = Pick<Remedy, 'id' | 'result'>;

/** Whether one of the remedies runs. */
export const hasRunning = (remedies: readonly Pick<Remedy, 'result'>[]): boolean => remedies.some(({ result }) => result === null);

/**
 * When the three months of D-ENFORCE-APPLY begin: at the end of the time for remedies, or after the last result that stands; null
 * while a remedy runs or may still begin. `remedies`: those against the decision that is to be enforced.
 */
export const enforceableFrom = (limits: readonly LimitOfCase[], remedies: readonly Instance[]): Date | null => {
  const next = limits.filter(({ code, about }) => NEXT.includes(code) && remedies.some(({ id }) => id === about));
  if (hasRunning(remedies) || next.some(({ state }) => RUNNING.includes(state))) return null;
  const toSue = limits.findLast(({ code }) => code === 'D-LITIG');
  const isDecided = remedies.some(opensNext);
  if (!isDecided && toSue?.state !== 'PASSED') return null;
  const ends = [
    ...(isDecided || !toSue ? [] : [toSue.dueAt]),
    ...next.flatMap(({ state, dueAt }) => (state === 'PASSED' ? [dueAt] : [])),
    ...remedies.flatMap(({ result }) => (result ? [startOf(result.servedOn)] : [])),
  ];
  return new Date(Math.max(...ends.map((end) => end.getTime())));
};
