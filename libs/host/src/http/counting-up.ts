// Certificate numbers are consecutive, so a caller that enumerates them would list the register. Requests for missing numbers, or for
// another number of a series just requested, are counted by address; after a few dozen the address must wait. A request in flight counts as
// such a step, or a thousand concurrent requests would all be answered. Both public HTTP servers use this.
import { addressLine } from './address-line';

const WINDOW_MS = 10 * 60_000;
const SERIAL_DIGITS = 6;
const REMEMBERED_NUMBERS = 100;
const MOST_ADDRESSES = 20_000;
/** The wait of an address whose steps are all requests in flight. */
const ANSWERED_WITHIN_SECONDS = 1;
const FREE: Entry = { waitSeconds: 0, leave: () => undefined };

interface Asking {
  readonly since: number;
  steps: number;
  readonly numbers: Set<string>;
}

/** Whether the register has the number, or the number belongs to the name. */
export interface Answered {
  readonly number: string;
  readonly isKnown: boolean;
}

export interface Entry {
  /** Seconds that this address must wait; 0 = no wait. */
  readonly waitSeconds: number;
  /** Call once, after the answer; without `answered` the request had no result and is not a step. */
  leave(answered?: Answered): void;
}

export interface CountingUp {
  enter(address: string): Entry;
}

/** Numbers of one series (institution, year, level), however far apart: taking every fifty-first first also lists the series. */
const areOfOneSeries = (one: string, other: string): boolean =>
  one !== other && one.length === other.length && one.slice(0, -SERIAL_DIGITS) === other.slice(0, -SERIAL_DIGITS);

/** `limit` steps in ten minutes are free; 0 = no limit. */
export const countingUp = ({ limit, now = () => performance.now() }: { limit: number; now?: () => number }): CountingUp => {
  const byLine = new Map<string, Asking>();
  const found = (line: string): Asking | undefined => {
    const asking = byLine.get(line);
    return asking && now() - asking.since < WINDOW_MS ? asking : undefined;
  };
  const inFlight = new Map<string, number>();
  const add = (line: string, count: number): void => {
    const left = (inFlight.get(line) ?? 0) + count;
    if (left > 0) inFlight.set(line, left);
    else inFlight.delete(line);
  };
  const waitOf = (line: string): number => {
    const asking = found(line);
    const steps = asking?.steps ?? 0;
    if (asking && steps >= limit) return Math.ceil((asking.since + WINDOW_MS - now()) / 1000);
    return steps + (inFlight.get(line) ?? 0) >= limit ? ANSWERED_WITHIN_SECONDS : 0;
  };
  const note = (line: string, { number, isKnown }: Answered): void => {
    const asking = found(line) ?? { since: now(), steps: 0, numbers: new Set<string>() };
    byLine.delete(line);
    byLine.set(line, asking);
    if (asking.numbers.has(number)) return;
    if (!isKnown || [...asking.numbers].some((other) => areOfOneSeries(number, other))) asking.steps += 1;
    asking.numbers.add(number);
    for (const [oldest] of asking.numbers.entries()) if (asking.numbers.size > REMEMBERED_NUMBERS) asking.numbers.delete(oldest);
    for (const oldest of byLine.keys()) {
      if (byLine.size <= MOST_ADDRESSES) break;
      byLine.delete(oldest);
    }
  };
  return {
    enter: (address) => {
      if (limit === 0) return FREE;
      const line = addressLine(address);
      const waitSeconds = waitOf(line);
      if (waitSeconds > 0) return { waitSeconds, leave: () => undefined };
      add(line, 1);
      return {
        waitSeconds,
        leave: (answered) => {
          add(line, -1);
          if (answered) note(line, answered);
        },
      };
    },
  };
};
