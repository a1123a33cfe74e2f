// Waits until the user or the system asks this process to end. A second Ctrl-C ends it at once: what it leaves behind is
// recognised and ended at the next start.

/** @returns {Promise<void>} */
export const untilStopped = () =>
  new Promise((resolve) => {
    const alive = setInterval(() => undefined, 2 ** 30);
    const first = () => {
      clearInterval(alive);
      for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, first);
  });
