// Guessing a password must be slow, and must not lock out the owner of the account. Wrong passwords are counted in four ways; each count
// above its free number causes a pause that doubles each time. An unknown address waits for the wrong passwords of all unknown addresses at
// the account. An address or device that signed in to the account before waits only for its own wrong passwords. The count uses the typed
// name, whether the account exists or not, so pauses do not reveal which accounts exist.
const FORGOTTEN_AFTER_MS = 15 * 60_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 5 * 60_000;
/** Entries of each way of counting; the entry without a try for longest is dropped first. */
const MOST = 10_000;

/** Wrong passwords without a pause. One address may serve a whole office, and many unknown addresses may try one account. */
const FREE = { pair: 4, device: 4, account: 20, address: 20 } as const;

interface Guessing {
  wrong: number;
  at: number;
}
type Kind = keyof typeof FREE;

export interface Guesser {
  readonly account: string;
  /** In the form that `lineOf` returns. */
  readonly address: string;
  /** The id of a device on which this account signed in before. */
  readonly device?: string | undefined;
}

export interface GuessPauses {
  /** How long this address must still wait; 0 = may try now. */
  waitMs(guesser: Guesser): number;
  wrong(guesser: Guesser): void;
  /**
   * Records that the address signed in to this account, and drops its wrong tries there. Its wrong tries at other accounts and the tries of
   * unknown addresses stay counted.
   */
  right(guesser: Guesser): void;
}

/** Moves the entry to the end, and drops the first entry when there are too many. */
const keep = <T>(map: Map<string, T>, key: string, value: T): void => {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > MOST && oldest !== undefined) map.delete(oldest);
};

const pauseOf = (kind: Kind, wrong: number): number =>
  wrong <= FREE[kind] ? 0 : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (wrong - FREE[kind] - 1));

// Neither an address nor a device id contains a space.
const pairOf = ({ account, address }: Guesser): string => `${address} ${account}`;
const deviceOf = ({ account, device }: Guesser): string => `${device ?? ''} ${account}`;

export const guessPauses = (now: () => number = () => performance.now()): GuessPauses => {
  const seen: Readonly<Record<Kind, Map<string, Guessing>>> = {
    ...{ pair: new Map(), device: new Map(), account: new Map(), address: new Map() },
  };
  const known = new Map<string, true>();

  /** The counts that apply to this address. */
  const against = (guesser: Guesser): readonly (readonly [Kind, string])[] => {
    if (guesser.device !== undefined) return [['device', deviceOf(guesser)]];
    const own = [
      ['pair', pairOf(guesser)],
      ['address', guesser.address],
    ] as const;
    return known.has(pairOf(guesser)) ? own : [...own, ['account', guesser.account]];
  };
  const found = (kind: Kind, key: string): Guessing | undefined => {
    const guessing = seen[kind].get(key);
    return guessing && now() - guessing.at <= FORGOTTEN_AFTER_MS ? guessing : undefined;
  };
  return {
    waitMs: (guesser) =>
      Math.max(
        ...against(guesser).map(([kind, key]) => {
          const guessing = found(kind, key);
          return guessing ? Math.max(0, guessing.at + pauseOf(kind, guessing.wrong) - now()) : 0;
        }),
      ),
    wrong: (guesser) => {
      for (const [kind, key] of against(guesser)) keep(seen[kind], key, { wrong: (found(kind, key)?.wrong ?? 0) + 1, at: now() });
    },
    right: (guesser) => {
      keep(known, pairOf(guesser), true);
      seen.pair.delete(pairOf(guesser));
      seen.device.delete(deviceOf(guesser));
    },
  };
};
