// Running limits (N2.1g). The procedure starts, meets, extends, suspends and cancels them, in the transaction of its step. The clock (clock.ts)
// marks and announces them.
import { extended, isOpen, movedTo, resumed, startLimit, suspended, type Limit, type LimitTable } from '../tables/limit';

/** The owner of the limit. */
export interface LimitOf {
  readonly fileId: string;
  /** The subject within the file; without it, the file itself. */
  readonly about?: string;
}

export interface LimitStore<Tx> {
  insert(tx: Tx, limit: Limit): Promise<void>;
  save(tx: Tx, limit: Limit): Promise<void>;
  /** Running, nearing its end, suspended or passed, for this owner; of one code if it is given. */
  unmet(tx: Tx, of: LimitOf, code?: string): Promise<Limit[]>;
  /** Institutions with a limit that the clock has to check, the longest waiting first. */
  institutionsDue(now: Date, limit: number, except: readonly string[]): Promise<string[]>;
  /** Takes the institution's turn lock, then its limits that are to be checked. */
  lockDue(tx: Tx, institution: string, now: Date, limit: number): Promise<Limit[]>;
  /** Takes the institution's turn lock; returns the limit in its state under the lock. */
  lock(tx: Tx, limit: Pick<Limit, 'id' | 'institution'>): Promise<Limit>;
  /** Limits with a provisional end, and limits on the board with these codes; by id. */
  toRecount(after: string, limit: number, codes: readonly string[]): Promise<Limit[]>;
  /** Stores the changes of a recount. */
  keepRecount(tx: Tx, recount: Recount): Promise<void>;
  /** Recounts of these limits, oldest first. */
  recounts(tx: Tx, limitIds: readonly string[]): Promise<Recount[]>;
  /** In any order. */
  ofIds(ids: readonly string[]): Promise<Limit[]>;
  /** By end, soonest first. */
  ofFile(tx: Tx, fileId: string): Promise<Limit[]>;
}

/**
 * Records that a limit was recounted (重新计算): by another version of its amount or, if the version is the same, by the days off of a year.
 */
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
  /** YYYY-MM-DD, if the caller names the end. */
  readonly day?: string;
}

export interface Limits<Tx> {
  /** Starts the limit of this code. A limit of the code that is already running is cancelled and started anew. */
  start(tx: Tx, code: string, starting: Starting): Promise<void>;
  /** What the limit demands has happened. Without a running limit, nothing changes. */
  meet(tx: Tx, code: string, of: LimitOf, at: Date): Promise<void>;
  /** Ends all running or owed limits of the owner, except those that outlive a procedure; with codes, only those. */
  cancel(tx: Tx, of: LimitOf, at: Date, codes?: readonly string[]): Promise<void>;
  ofFile(tx: Tx, fileId: string): Promise<readonly Limit[]>;
  /** Moves the end of an unmet limit to a later day (YYYY-MM-DD); a limit that had passed runs again. */
  moveTo(tx: Tx, code: string, of: LimitOf, day: string): Promise<void>;
  /** Extends the limit by the extension in its rule (延长). Refuses `limit.not_extendable`. */
  extend(tx: Tx, code: string, of: LimitOf, at: Date): Promise<void>;
  /** Suspends all running limits of the owner (中止), or resumes them: the days in between are added to the end. */
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
    // A limit that has passed and is owed ends too: nothing could meet it any more, and it would stay a debt forever.
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
