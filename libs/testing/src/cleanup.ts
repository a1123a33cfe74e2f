// Whatever a suite opened is closed at its end, in reverse order, even if the suite does not close it. No part, database
// or connection outlives its spec file. A function registered here must do no harm when it is called twice.
import { AsyncLocalStorage } from 'node:async_hooks';

type Close = () => Promise<void>;

const open: Close[] = [];
/** The close functions of the current work, if that work closes its own resources. */
const ownOf = new AsyncLocalStorage<Close[]>();

/**
 * Calls `close` at the end of the suite, or of the work that closes its own resources. Returns `close`, for suites that
 * want to close earlier.
 */
export const closeAfterSuite = (close: Close): Close => {
  (ownOf.getStore() ?? open).push(close);
  return close;
};

const closeFrom = async (first: number, all = open): Promise<void> => {
  const failures: unknown[] = [];
  for (const close of all.splice(first).reverse()) await close().catch((failure: unknown) => failures.push(failure));
  if (failures.length > 0) throw new AggregateError(failures, 'a suite could not be cleaned up');
};

/** Resources that a whole suite shares, whichever test opened them first. */
const shared: Close[] = [];

/** Calls `close` at the end of the suite, even if the work that first needed the resource closes its own resources. */
export const closeWithSuite = (close: Close): void => void shared.push(close);

/** Closes everything now; throws all failures as one error. */
export const closeAll = async (): Promise<void> => {
  shared.push(...open.splice(0));
  await closeFrom(0, shared);
};

/** Closes at the end of the work everything that the work opened; several works may run at once. */
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
 * For suites whose tests start their own services: a service ends with its test and does not use the processors until the
 * suite ends. Resources that were open before the first test are closed at the end of the suite.
 */
export const closeAfterEachTest = (): void => {
  let before = 0;
  beforeEach(() => void (before = open.length));
  afterEach(() => closeFrom(before), 60_000);
};

// `afterAll` is absent in global set-up scripts, because there is no suite.
if (typeof afterAll === 'function') afterAll(closeAll, 60_000);
