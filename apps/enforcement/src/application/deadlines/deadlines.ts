// Limits that run: started, met and cancelled with what the case does, in the same transaction; marked and announced by a clock.
// The clock's state is in the table (when to look at each next), so nothing is announced twice and a restart forgets nothing.
import type { Visible } from '../../domain/competence';
import { isOpen, nextLook, startDeadline, tick, type Deadline, type DeadlineState } from '../../domain/deadlines/deadline';
import { ruleOf } from '../../domain/deadlines/registry';
import type { Limits } from '../aftermath/ports';
import type { DeadlineOf } from '../cases/ports';
import type { Transactions } from '../ports';

export interface DeadlineStore<Tx> {
  insert(tx: Tx, deadline: Deadline): Promise<void>;
  save(tx: Tx, deadline: Deadline): Promise<void>;
  /** Running, nearing or passed, of this owner; of one code if it is given. */
  unmet(tx: Tx, of: DeadlineOf, code?: string): Promise<Deadline[]>;
  /** Institutions with a limit that the clock has to look at, the longest waiting first. */
  institutionsDue(now: Date, limit: number, except: readonly string[]): Promise<string[]>;
  /** Takes the institution's turn, then its limits that are to be looked at. */
  lockDue(tx: Tx, institution: string, now: Date, limit: number): Promise<Deadline[]>;
  /** Takes the institution's turn; the limit as it is then. */
  lock(tx: Tx, deadline: Pick<Deadline, 'id' | 'institution'>): Promise<Deadline>;
  /** Those that run to a provisional end, by id. */
  provisional(after: string, limit: number): Promise<Deadline[]>;
  /** By end, soonest first. */
  list(asked: DeadlinesAsked): Promise<{ deadlines: Deadline[]; next: string }>;
  ofCase(tx: Tx, caseId: string): Promise<Deadline[]>;
  /** Whether an order of the case recovers subsidies (M5) and stands: only then is there something to enforce. */
  hasRecovery(tx: Tx, caseId: string): Promise<boolean>;
}

export interface DeadlinesAsked {
  readonly visible: Visible;
  /** Empty = those that are not over. */
  readonly state: DeadlineState | '';
  readonly caseId: string;
  readonly after: string;
  readonly limit: number;
}

interface Deps<Tx> {
  readonly store: DeadlineStore<Tx>;
  readonly newId: () => string;
}

/** Starting a limit that runs already starts it anew: the earlier one is cancelled. */
export const limits = <Tx>({ store, newId }: Deps<Tx>): Limits<Tx> => {
  const end = async (tx: Tx, deadlines: readonly Deadline[], state: 'MET' | 'CANCELLED', at: Date): Promise<void> => {
    for (const deadline of deadlines) await store.save(tx, { ...deadline, state, metAt: state === 'MET' ? at : null });
  };
  return {
    start: async (tx, code, { caseId, orderId = '', institution, authority, startedAt, day }) => {
      await end(
        tx,
        (await store.unmet(tx, { caseId, orderId }, code)).filter((one) => nextLook(one) !== null),
        'CANCELLED',
        startedAt,
      );
      await store.insert(tx, startDeadline({ id: newId(), code, institution, caseId, orderId, authority, startedAt }, day));
    },
    meet: async (tx, code, of, at) => end(tx, await store.unmet(tx, of, code), 'MET', at),
    // What has passed and is owed ends too: nothing could meet it any more, and a debt for ever is none.
    cancel: async (tx, of, at, codes) => {
      const isMeant = ({ code }: Deadline): boolean => (codes ? codes.includes(code) : !ruleOf(code).outlives);
      const open = (await store.unmet(tx, of)).filter((one) => isOpen(one) && isMeant(one));
      await end(tx, open, 'CANCELLED', at);
    },
    ofCase: (tx, caseId) => store.ofCase(tx, caseId),
    extend: async (tx, code, of, day) => {
      for (const one of await store.unmet(tx, of, code)) {
        const { dueAt, nearingAt } = startDeadline(one, day);
        if (dueAt > one.dueAt) await store.save(tx, { ...one, dueAt, nearingAt, provisional: false, state: 'RUNNING' });
      }
    },
  };
};

interface ClockDeps<Tx> extends Deps<Tx> {
  readonly transactions: Pick<Transactions<Tx>, 'run'>;
  /** Writes DeadlineNearing or DeadlinePassed into the outbox. */
  readonly publish: (tx: Tx, deadline: Deadline, now: Date) => Promise<void>;
  readonly now: () => Date;
  readonly onTrouble: (failure: unknown, what: string) => void;
}

const INSTITUTIONS = 50;
const AT_ONCE = 200;

/** When the time to sue has passed, what was ordered can be enforced (行政强制法 §53). */
const follow =
  <Tx>({ store, newId }: Deps<Tx>) =>
  async (tx: Tx, passed: Deadline): Promise<void> => {
    if (passed.code !== 'D-LITIG' || !(await store.hasRecovery(tx, passed.caseId))) return;
    const { institution, caseId, orderId, authority, dueAt } = passed;
    await limits({ store, newId }).start(tx, 'D-ENFORCE-APPLY', { institution, caseId, orderId, authority, startedAt: dueAt });
  };

const announceOf =
  <Tx>(deps: ClockDeps<Tx>) =>
  async (tx: Tx, institution: string): Promise<void> => {
    const at = deps.now();
    for (const before of await deps.store.lockDue(tx, institution, at, AT_ONCE)) {
      const after = tick(before, at);
      await deps.store.save(tx, after);
      await deps.publish(tx, after, at);
      if (after.state === 'PASSED') await follow(deps)(tx, after);
    }
  };

/** Marks and announces every limit that nears or has passed by now; an institution's in one transaction. */
export const announceDeadlines =
  <Tx>(deps: ClockDeps<Tx>) =>
  async (): Promise<void> => {
    // One that fails is told of and tried again at the next look; it does not keep the others waiting.
    const failed: string[] = [];
    for (;;) {
      const institutions = await deps.store.institutionsDue(deps.now(), INSTITUTIONS, failed);
      if (institutions.length === 0) return;
      for (const institution of institutions) {
        try {
          await deps.transactions.run((tx) => announceOf(deps)(tx, institution));
        } catch (failure) {
          failed.push(institution);
          deps.onTrouble(failure, `deadlines of institution ${institution}`);
        }
      }
    }
  };

/** At the start: what ended in a year whose days off are announced by now is counted anew. */
export const recountDeadlines =
  <Tx>({ store, transactions }: ClockDeps<Tx>) =>
  async (): Promise<void> => {
    for (let after = '', page: Deadline[] = []; ; after = page.at(-1)?.id ?? '') {
      page = await store.provisional(after, AT_ONCE);
      if (page.length === 0) return;
      for (const { id, institution } of page) {
        await transactions.run(async (tx) => {
          // As it is now: what was met or cancelled since the page was read stays so.
          const one = await store.lock(tx, { id, institution });
          const { dueAt, nearingAt, provisional } = startDeadline(one);
          if (!provisional && one.provisional && nextLook(one) !== null) await store.save(tx, { ...one, dueAt, nearingAt, provisional });
        });
      }
    }
  };
