// The clock of limits. The table stores, by time, what the clock has to check; the clock itself holds no state. Stopping it, starting it
// again or running two of them therefore changes nothing, and nothing is announced twice.
import { every, type Log, type Part } from '@hengji/host';
import { correctedTo, isRunning, recounted, tick, type Limit, type LimitTable } from '../tables/limit';
import type { LimitStore } from './limits';

interface Deps<Tx> {
  readonly store: LimitStore<Tx>;
  readonly table: LimitTable;
  readonly transactions: { run<R>(work: (tx: Tx) => Promise<R>): Promise<R> };
  /** Writes to the outbox that the limit nears its end or has passed, by its state. */
  readonly publish: (tx: Tx, limit: Limit, now: Date) => Promise<void>;
  /** The consequences of a passed limit, in the same transaction: another limit, for example. */
  readonly followPassed: (tx: Tx, passed: Limit) => Promise<void>;
  readonly now: () => Date;
  readonly onTrouble: (failure: unknown, what: string) => void;
}

const INSTITUTIONS = 50;
const AT_ONCE = 200;

const announceOf =
  <Tx>(deps: Deps<Tx>) =>
  async (tx: Tx, institution: string): Promise<void> => {
    const at = deps.now();
    for (const before of await deps.store.lockDue(tx, institution, at, AT_ONCE)) {
      const after = tick(deps.table, before, at);
      await deps.store.save(tx, after);
      await deps.publish(tx, after, at);
      if (after.state === 'PASSED') await deps.followPassed(tx, after);
    }
  };

/** Marks and announces every limit that nears its end or has passed by now; one transaction per institution. */
export const announceLimits =
  <Tx>(deps: Deps<Tx>) =>
  async (): Promise<void> => {
    // A failed institution is logged and retried at the next check; the other institutions do not wait for it.
    const failed: string[] = [];
    for (;;) {
      const institutions = await deps.store.institutionsDue(deps.now(), INSTITUTIONS, failed);
      if (institutions.length === 0) return;
      for (const institution of institutions) {
        try {
          await deps.transactions.run((tx) => announceOf(deps)(tx, institution));
        } catch (failure) {
          failed.push(institution);
          deps.onTrouble(failure, `limits of institution ${institution}`);
        }
      }
    }
  };

/** The limit as counted with today's data; the same limit if no new data exists since it was counted. */
const countedNow = (table: LimitTable, limit: Limit, now: Date): Limit => {
  const corrected = correctedTo(table, limit, now);
  if (corrected !== limit || !limit.provisional || !isRunning(limit)) return corrected;
  const counted = recounted(table, limit);
  return counted.provisional ? limit : counted;
};

/**
 * Recounts limits, one transaction per file. Two groups are recounted: limits that end in a year whose days off are now announced, and
 * limits counted by another version of their amount than the version now valid for their start day. Stores the old and the new end. A limit
 * whose new end is in the past passes at the next check. A suspended limit is recounted when it resumes (`resumed`).
 */
export const recountLimits =
  <Tx>({ store, table, transactions, now }: Pick<Deps<Tx>, 'store' | 'table' | 'transactions' | 'now'>) =>
  async (): Promise<void> => {
    const recount = async (tx: Tx, { id, institution }: Limit): Promise<void> => {
      // The current state: a limit that was met or cancelled since the page was read stays so.
      const before = await store.lock(tx, { id, institution });
      const at = now();
      const after = countedNow(table, before, at);
      if (after === before) return;
      await store.save(tx, after);
      const { amountVersion: versionBefore, dueAt: dueBefore } = before;
      const { amountVersion: versionAfter, dueAt: dueAfter } = after;
      if (versionBefore === versionAfter && dueBefore.getTime() === dueAfter.getTime()) return;
      await store.keepRecount(tx, { limitId: id, at, versionBefore, versionAfter, dueBefore, dueAfter });
    };
    const codes = table.amounts?.versioned() ?? [];
    for (let after = '', page: Limit[] = []; ; after = page.at(-1)?.id ?? '') {
      page = await store.toRecount(after, AT_ONCE, codes);
      if (page.length === 0) return;
      const due = page.filter((limit) => countedNow(table, limit, now()) !== limit);
      for (const fileId of new Set(due.map((limit) => limit.fileId))) {
        await transactions.run(async (tx) => {
          for (const limit of due.filter((one) => one.fileId === fileId)) await recount(tx, limit);
        });
      }
    }
  };

const LOOK_EVERY_MS = 500;
const STOP_WITHIN_MS = 5_000;

interface ClockOptions {
  /** Once after each start, and whenever `dataChanged` reports that the data for counting limits has changed. */
  readonly recount: () => Promise<void>;
  /** Reads the calendar and the amounts again; true if they have changed since the last call. */
  readonly dataChanged?: () => Promise<boolean>;
  /** Run at each check, in sequence. */
  readonly looks: readonly (() => Promise<void>)[];
  readonly log: Log;
}

/** Runs the checks twice a second. A failed check does not stop the other checks. */
export const limitClock = ({ recount, dataChanged = async () => false, looks, log }: ClockOptions): Part => {
  const failed = (failure: unknown): void => log.warn({ err: failure }, 'the clock of limits could not look; it will look again');

  let isCounted = false;
  // A failed recount is retried at the next check.
  const recountAgain = async (): Promise<void> => {
    try {
      await recount();
    } catch (failure) {
      isCounted = false;
      throw failure;
    }
  };
  const loop = every(LOOK_EVERY_MS, {
    work: async ({ running }) => {
      const isOther = await dataChanged().catch((failure: unknown) => {
        failed(failure);
        return false;
      });
      const isDone = isCounted && !isOther;
      isCounted = true;
      for (const one of isDone ? looks : [recountAgain, ...looks]) if (running()) await one().catch(failed);
    },
    failed,
    stopWithinMs: STOP_WITHIN_MS,
  });

  return {
    name: 'limit-clock',
    start: async () => {
      isCounted = false;
      loop.start();
    },
    stop: loop.stop,
  };
};
