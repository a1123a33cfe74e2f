// Limits that run: started, met, extended, suspended and cancelled with what the procedure does, in the same transaction. Marking
// and announcing them is the clock's (clock.ts).
import { extended, isOpen, movedTo, resumed, startLimit, suspended, type Limit, type LimitTable } from '../tables/limit';

/** Whose limit it is. */
export interface LimitOf {
  readonly fileId: string;
  /** What in the file it is about; without it, the file itself. */
  readonly about?: string;
}

export interface LimitStore<Tx> {
  insert(tx: Tx, limit: Limit): Promise<void>;
  save(tx: Tx, limit: Limit): Promise<void>;
  /** Running, nearing, standing still or passed, of this owner; of one code if it is given. */
  unmet(tx: Tx, of: LimitOf, code?: string): Promise<Limit[]>;
  /** Institutions with a limit that the clock has to look at, the longest waiting first. */
  institutionsDue(now: Date, limit: number, except: readonly string[]): Promise<string[]>;
  /** Takes the institution's turn, then its limits that are to be looked at. */
  lockDue(tx: Tx, institution: string, now: Date, limit: number): Promise<Limit[]>;
  /** Takes the institution's turn; the limit as it is then. */
  lock(tx: Tx, limit: Pick<Limit, 'id' | 'institution'>): Promise<Limit>;
  /** Those that run to a provisional end, and those on the board of these codes; by id. */
  toRecount(after: string, limit: number, codes: readonly string[]): Promise<Limit[]>;
  /** Keeps what a recount changed. */
  keepRecount(tx: Tx, recount: Recount): Promise<void>;
  /** Of these limits, the oldest first. */
  recounts(tx: Tx, limitIds: readonly string[]): Promise<Recount[]>;
  /** In no order. */
  ofIds(ids: readonly string[]): Promise<Limit[]>;
  /** By end, soonest first. */
  ofFile(tx: Tx, fileId: string): Promise<Limit[]>;
}

/** That a limit was counted anew (重新计算): by another version of its amount, or, where that is the same, by the days off of a year. */
export interface Recount {
  readonly limitId: string;
  readonly at: Date;
  readonly versionBefore: string;
  readonly versionAfter: string;
  readonly dueBefore: Date;
  readonly dueAfter: Date;
}

export interface Starting extends LimitOf {
  readonly institution: string;
  readonly authority: string;
  readonly startedAt: Date;
  /** YYYY-MM-DD, where whoever starts it names its end. */
  readonly day?: string;
}

export interface Limits<Tx> {
  /** Starts the limit of this code. One that runs already is cancelled and started anew. */
  start(tx: Tx, code: string, starting: Starting): Promise<void>;
  /** What the limit demands has happened. Without one that runs, nothing changes. */
  meet(tx: Tx, code: string, of: LimitOf, at: Date): Promise<void>;
  /** Ends all limits that run or are owed for it, but for what outlives a procedure; of these codes only where they are given. */
  cancel(tx: Tx, of: LimitOf, at: Date, codes?: readonly string[]): Promise<void>;
  ofFile(tx: Tx, fileId: string): Promise<readonly Limit[]>;
  /** Moves the end of an unmet limit to a later day (YYYY-MM-DD): it runs again if it had passed. */
  moveTo(tx: Tx, code: string, of: LimitOf, day: string): Promise<void>;
  /** Extends it by what its rule allows (延长). Refuses `limit.not_extendable`. */
  extend(tx: Tx, code: string, of: LimitOf, at: Date): Promise<void>;
  /** All limits of it that run stand still (中止), and run again: the days between are given back. */
  suspend(tx: Tx, of: LimitOf, at: Date): Promise<void>;
  resume(tx: Tx, of: LimitOf, at: Date): Promise<void>;
}

interface Deps<Tx> {
  readonly store: Pick<LimitStore<Tx>, 'insert' | 'save' | 'unmet' | 'ofFile'>;
  readonly table: LimitTable;
  readonly newId: () => string;
}

export const limits = <Tx>({ store, table, newId }: Deps<Tx>): Limits<Tx> => {
  const change = async (tx: Tx, found: readonly Limit[], decide: (limit: Limit) => Limit): Promise<void> => {
    for (const one of found) {
      const next = decide(one);
      if (next !== one) await store.save(tx, next);
    }
  };
  const cancelled = (limit: Limit): Limit => ({ ...limit, state: 'CANCELLED', metAt: null, suspendedAt: null });
  return {
    start: async (tx, code, { fileId, about = '', institution, authority, startedAt, day }) => {
      const running = (await store.unmet(tx, { fileId, about }, code)).filter(({ state }) => state !== 'PASSED');
      await change(tx, running, cancelled);
      await store.insert(tx, startLimit(table, { id: newId(), code, institution, fileId, about, authority, startedAt }, day));
    },
    meet: async (tx, code, of, at) =>
      change(tx, await store.unmet(tx, of, code), (one) => ({ ...one, state: 'MET', metAt: at, suspendedAt: null })),
    // What has passed and is owed ends too: nothing could meet it any more, and a debt for ever is none.
    cancel: async (tx, of, _at, codes) => {
      const isMeant = ({ code }: Limit): boolean => (codes ? codes.includes(code) : !table.ruleOf(code).outlives);
      await change(
        tx,
        (await store.unmet(tx, of)).filter((one) => isOpen(table, one) && isMeant(one)),
        cancelled,
      );
    },
    ofFile: (tx, fileId) => store.ofFile(tx, fileId),
    moveTo: async (tx, code, of, day) => change(tx, await store.unmet(tx, of, code), (one) => movedTo(table, one, day)),
    extend: async (tx, code, of, at) => change(tx, await store.unmet(tx, of, code), (one) => extended(table, one, at)),
    suspend: async (tx, of, at) => change(tx, await store.unmet(tx, of), (one) => suspended(one, at)),
    resume: async (tx, of, at) => change(tx, await store.unmet(tx, of), (one) => resumed(table, one, at)),
  };
};
