// What a suite opened is closed after it, in reverse, whether or not the suite remembers: no part, database or
// connection outlives its file. Everything registered here must be harmless when closed twice.
import { AsyncLocalStorage } from 'node:async_hooks';

type Close = () => Promise<void>;

const open: Close[] = [];
/** Of the work that is under way, where it closes its own. */
const ownOf = new AsyncLocalStorage<Close[]>();

/** Closes `close` at the end of the suite, or of the work that closes its own; returns it, for suites that want to close earlier. */
export const closeAfterSuite = (close: Close): Close => {
  (ownOf.getStore() ?? open).push(close);
  return close;
};

const closeFrom = async (first: number, all = open): Promise<void> => {
  const failures: unknown[] = [];
  for (const close of all.splice(first).reverse()) await close().catch((failure: unknown) => failures.push(failure));
  if (failures.length > 0) throw new AggregateError(failures, 'a suite could not be cleaned up');
};

/** What a whole suite shares, whoever asked for it first. */
const shared: Close[] = [];

/** Closes `close` at the end of the suite, even where the work that needed it first closes its own. */
export const closeWithSuite = (close: Close): void => void shared.push(close);

/** Closes everything now; throws what failed, together. */
export const closeAll = async (): Promise<void> => {
  shared.push(...open.splice(0));
  await closeFrom(0, shared);
};

/** Closes at its end whatever the work opened; several may be under way at once. */
export const closingItsOwn = <T>(work: () => Promise<T>): Promise<T> => {
  const own: Close[] = [];
  return ownOf.run(own, async () => {
    try {
      return await work();
    } finally {
      await closeFrom(0, own);
    }
  });
};

/**
 * For suites whose tests start services of their own: they end with their test, and do not keep the processors busy until the suite
 * ends. What was open before the first test ends with the suite.
 */
export const closeAfterEachTest = (): void => {
  let before = 0;
  beforeEach(() => void (before = open.length));
  afterEach(() => closeFrom(before), 60_000);
};

// Absent in global set-up scripts, where there is no suite.
if (typeof afterAll === 'function') afterAll(closeAll, 60_000);
