// Certificate numbers are given out in a row, so whoever counts them up would list the register. Looking for numbers that are not there,
// or for another one of a series just asked for, is counted by address; after a few dozen the address waits. Both public doors use it.
import { addressLine } from './address-line';

const WINDOW_MS = 10 * 60_000;
const SERIAL_DIGITS = 6;
const REMEMBERED_NUMBERS = 100;
const MOST_ADDRESSES = 20_000;

interface Asking {
  readonly since: number;
  steps: number;
  readonly numbers: Set<string>;
}

export interface CountingUp {
  /** Seconds that this address has to wait; 0 = may ask. */
  waitSeconds(address: string): number;
  /** After the answer: whether the register has the number. */
  asked(address: string, number: string, isKnown: boolean): void;
}

/** Of one series (institution, year, level), however far apart: whoever takes every fifty-first first lists it as well. */
const areOfOneSeries = (one: string, other: string): boolean =>
  one !== other && one.length === other.length && one.slice(0, -SERIAL_DIGITS) === other.slice(0, -SERIAL_DIGITS);

/** `limit` steps in ten minutes are free; 0 = no limit. */
export const countingUp = ({ limit, now = () => performance.now() }: { limit: number; now?: () => number }): CountingUp => {
  const byLine = new Map<string, Asking>();
  const found = (line: string): Asking | undefined => {
    const asking = byLine.get(line);
    return asking && now() - asking.since < WINDOW_MS ? asking : undefined;
  };
  return {
    waitSeconds: (address) => {
      const asking = found(addressLine(address));
      return limit > 0 && asking && asking.steps >= limit ? Math.ceil((asking.since + WINDOW_MS - now()) / 1000) : 0;
    },
    asked: (address, number, isKnown) => {
      if (limit === 0) return;
      const line = addressLine(address);
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
    },
  };
};
