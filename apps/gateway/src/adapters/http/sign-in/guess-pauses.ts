// Guessing a password must be slow, and must not lock out the person whose password is guessed. Wrong ones are counted four ways, and
// whoever has had too many pauses, each time twice as long. A stranger is held by all that strangers got wrong at the account; who was right
// there before, from this address or on this device, is not, and has only the own wrong ones against him. The count goes by what was typed,
// whether there is such an account or not, so pauses tell nobody which accounts exist.
const FORGOTTEN_AFTER_MS = 15 * 60_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 5 * 60_000;
/** Of each way of counting; the one that is silent for longest is forgotten first. */
const MOST = 10_000;

/** Wrong ones without a pause. An address may be that of a whole office, and strangers of an account are many. */
const FREE = { pair: 4, device: 4, account: 20, address: 20 } as const;

interface Guessing {
  wrong: number;
  at: number;
}
type Kind = keyof typeof FREE;

export interface Guesser {
  readonly account: string;
  /** As `lineOf` names it. */
  readonly address: string;
  /** Of a device that this account was right on before. */
  readonly device?: string | undefined;
}

export interface GuessPauses {
  /** How long this one must still pause; 0 = may try now. */
  waitMs(guesser: Guesser): number;
  wrong(guesser: Guesser): void;
  /** Knows the address for this account, and forgets its wrong ones there; what it got wrong elsewhere stays, and what strangers did. */
  right(guesser: Guesser): void;
}

/** Puts it last, and forgets the first when there are too many. */
const keep = <T>(map: Map<string, T>, key: string, value: T): void => {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > MOST && oldest !== undefined) map.delete(oldest);
};

const pauseOf = (kind: Kind, wrong: number): number =>
  wrong <= FREE[kind] ? 0 : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (wrong - FREE[kind] - 1));

// The address, and a device's id, have no space in them.
const pairOf = ({ account, address }: Guesser): string => `${address} ${account}`;
const deviceOf = ({ account, device }: Guesser): string => `${device ?? ''} ${account}`;

export const guessPauses = (now: () => number = () => performance.now()): GuessPauses => {
  const seen: Readonly<Record<Kind, Map<string, Guessing>>> = {
    ...{ pair: new Map(), device: new Map(), account: new Map(), address: new Map() },
  };
  const known = new Map<string, true>();

  /** What counts against this one. */
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
