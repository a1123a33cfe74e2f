// A process is a list of parts: started in order, stopped in reverse, on a signal or on the first failure. There is no other framework; the
// differences between services are visible in their compose.ts.
import type { Log } from './log';

export interface Part {
  readonly name: string;
  start(): Promise<void>;
  /** Must be harmless when `start` failed half-way. */
  stop(): Promise<void>;
  /** Called on every part once all have started, and again before the first is stopped; readiness depends on it. */
  announce?(moment: 'started' | 'stopping'): void;
}

const STOP_WITHIN_MS = 10_000;
const EXIT_WITHIN_MS = 5_000;

const withinLimit = async (part: Part): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`part ${part.name} did not stop within ${STOP_WITHIN_MS} ms`)), STOP_WITHIN_MS);
  });
  try {
    await Promise.race([part.stop(), limit]);
  } finally {
    clearTimeout(timer);
  }
};

/** Stops all in reverse even when one fails, so that no part keeps running; throws all failures together. */
const stopAll = async (parts: readonly Part[]): Promise<void> => {
  const failures: unknown[] = [];
  for (const part of [...parts].reverse()) {
    try {
      await withinLimit(part);
    } catch (failure) {
      failures.push(failure);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'parts failed to stop');
};

/** Thrown by `startAll` when the stop signal came before all parts had started. */
class StoppedEarly extends Error {}

/**
 * Starts the parts in order. If one fails, the started parts (and the failed one) are stopped in reverse and the failure is thrown. The
 * same happens when `stopEarly` resolves meanwhile: a part may wait for another service for minutes, and the process must still react to
 * signals. Returns `stop`, which may be called more than once.
 */
export const startAll = async (
  parts: readonly Part[],
  stopEarly: Promise<unknown> = new Promise(() => undefined),
): Promise<() => Promise<void>> => {
  const started: Part[] = [];
  const stoppedEarly = stopEarly.then(() => Promise.reject(new StoppedEarly('stopped while starting')));
  // Only the race below handles the rejection; after it no handler is needed.
  stoppedEarly.catch(() => undefined);
  for (const part of parts) {
    started.push(part);
    try {
      await Promise.race([part.start(), stoppedEarly]);
    } catch (failure) {
      await stopAll(started).catch((stopFailure: unknown) => {
        throw new AggregateError([failure, stopFailure], `part ${part.name} failed to start, and others to stop`);
      });
      throw failure;
    }
  }
  for (const part of started) part.announce?.('started');
  let stopping: Promise<void> | undefined;
  return () => {
    stopping ??= (async () => {
      for (const part of started) part.announce?.('stopping');
      await stopAll(started);
    })();
    return stopping;
  };
};

/** Resolves with the reason to stop: the given signal, a process signal, or an uncaught defect. */
const reasonToStop = (stop: AbortSignal | undefined): { reason: Promise<unknown>; forget: () => void } => {
  let stopNow: (reason: unknown) => void = () => undefined;
  const reason = new Promise<unknown>((resolve) => (stopNow = resolve));
  if (stop) {
    if (stop.aborted) stopNow('stop');
    stop.addEventListener('abort', () => stopNow('stop'), { once: true });
    return { reason, forget: () => undefined };
  }
  const onSignal = (signal: string): void => stopNow(signal);
  const onDefect = (defect: unknown): void => stopNow(defect instanceof Error ? defect : new Error(String(defect)));
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal).on('uncaughtException', onDefect).on('unhandledRejection', onDefect);
  const forget = (): void => {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal).off('uncaughtException', onDefect).off('unhandledRejection', onDefect);
  };
  return { reason, forget };
};

const ignored = (): void => undefined;

/** Runs the parts until a signal, `stop` or the first defect; then stops them and sets `process.exitCode` (0 or 1). */
export const run = async (parts: readonly Part[], options: { stop?: AbortSignal; log?: Log } = {}): Promise<void> => {
  const { reason, forget } = reasonToStop(options.stop);
  // A failing standard error (a closed pipe, a full disk) is no reason to stop.
  process.stderr.on('error', ignored);
  try {
    const stop = await startAll(parts, reason);
    options.log?.info({ parts: parts.map((part) => part.name) }, 'started');
    const why = await reason;
    const failed = why instanceof Error;
    if (failed) report(options.log, why, 'stopping because of a defect');
    await stop();
    options.log?.info('stopped');
    process.exitCode = failed ? 1 : 0;
  } catch (failure) {
    const why = failure instanceof StoppedEarly ? await reason : failure;
    const isAsked = failure instanceof StoppedEarly && !(why instanceof Error);
    if (!isAsked) report(options.log, why, 'could not start or stop cleanly');
    process.exitCode = isAsked ? 0 : 1;
  } finally {
    forget();
    process.stderr.off('error', ignored);
  }
  // An open handle must not keep a stopped process running; unref: a process without open handles does not wait for this.
  if (!options.stop) setTimeout(() => process.exit(), EXIT_WITHIN_MS).unref();
};

const report = (log: Log | undefined, err: unknown, message: string): void => {
  if (log) log.fatal({ err }, message);
  else process.stderr.write(`${message}: ${err instanceof Error ? (err.stack ?? err.message) : String(err)}\n`);
};
