// Guessing a password must be slow: after a few wrong ones, an account and an address have to pause, each time twice as long. The
// count goes by what was typed, whether there is such an account or not, so pauses tell nobody which accounts exist.
const FORGOTTEN_AFTER_MS = 15 * 60_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 5 * 60_000;
const MOST = 10_000;

/** Wrong ones without a pause. An address may be that of a whole office, an account is one person's. */
const FREE = { account: 4, address: 20 } as const;

interface Guessing {
  wrong: number;
  at: number;
}
type Kind = keyof typeof FREE;
export type Guesser = Readonly<Record<Kind, string>>;

export interface GuessPauses {
  /** How long this account or this address must still pause; 0 = may try now. */
  waitMs(guesser: Guesser): number;
  wrong(guesser: Guesser): void;
  /** Forgets the account's wrong ones; the address's stay, or one's own account would wipe out guesses at others. */
  right(guesser: Guesser): void;
}

export const guessPauses = (now: () => number = () => performance.now()): GuessPauses => {
  const seen = new Map<string, Guessing>();
  const keyOf = (kind: Kind, guesser: Guesser): string => `${kind}:${guesser[kind]}`;
  const KINDS: readonly Kind[] = ['account', 'address'];
  const pauseOf = (kind: Kind, wrong: number): number =>
    wrong <= FREE[kind] ? 0 : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (wrong - FREE[kind] - 1));
  const found = (key: string): Guessing | undefined => {
    const guessing = seen.get(key);
    return guessing && now() - guessing.at <= FORGOTTEN_AFTER_MS ? guessing : undefined;
  };
  return {
    waitMs: (guesser) =>
      Math.max(
        ...KINDS.map((kind) => {
          const guessing = found(keyOf(kind, guesser));
          return guessing ? Math.max(0, guessing.at + pauseOf(kind, guessing.wrong) - now()) : 0;
        }),
      ),
    wrong: (guesser) => {
      for (const kind of KINDS) {
        const key = keyOf(kind, guesser);
        const wrong = (found(key)?.wrong ?? 0) + 1;
        // Deleted first: the map is in the order of the last wrong one, and forgets the oldest.
        seen.delete(key);
        seen.set(key, { wrong, at: now() });
      }
      for (const key of seen.keys()) {
        if (seen.size <= MOST) break;
        seen.delete(key);
      }
    },
    right: (guesser) => void seen.delete(keyOf('account', guesser)),
  };
};
