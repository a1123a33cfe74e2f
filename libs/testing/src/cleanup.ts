// What a suite opened is closed after it, in reverse, whether or not the suite remembers: no part, database or
// connection outlives its file. Everything registered here must be harmless when closed twice.
type Close = () => Promise<void>;

const open: Close[] = [];

/** Closes `close` at the end of the suite; returns it, for suites that want to close earlier. */
export const closeAfterSuite = (close: Close): Close => {
  open.push(close);
  return close;
};

/** Closes everything now; throws what failed, together. */
export const closeAll = async (): Promise<void> => {
  const failures: unknown[] = [];
  for (const close of open.splice(0).reverse()) await close().catch((failure: unknown) => failures.push(failure));
  if (failures.length > 0) throw new AggregateError(failures, 'a suite could not be cleaned up');
};

// Absent in global set-up scripts, where there is no suite.
if (typeof afterAll === 'function') afterAll(closeAll, 60_000);
