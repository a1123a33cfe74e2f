// Waits until the user or the system asks this process to end. A second Ctrl-C ends the process at once; the next start
// finds and ends the servers that are left.

/**
 * One Ctrl-C may arrive several times: once for the whole process group, and once more from each process in between that
 * forwards it.
 */
const ECHO_MS = 1_000;

export const untilStopped = (): Promise<void> =>
  new Promise((resolve) => {
    const alive = setInterval(() => undefined, 2 ** 30);
    let askedAt = 0;
    const ask = () => {
      const now = performance.now();
      if (askedAt > 0 && now - askedAt > ECHO_MS) process.exit(130);
      if (askedAt > 0) return;
      askedAt = now;
      clearInterval(alive);
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, ask);
  });
