// Repeated work on exchange's queues, started also at once after a commit that added to a queue.
import { every, type Every, type Log } from '@hengji/host';
import { onWake } from '@hengji/messaging';

export const pollLoop = (o: { name: string; everyMs: number; log: Log; work: () => Promise<void> }): Every => {
  const loop = every(o.everyMs, { work: o.work, failed: (err) => o.log.error({ err, loop: o.name }, 'a round failed') });
  let unsubscribe: () => void = () => undefined;
  return {
    wake: loop.wake,
    start: () => {
      unsubscribe = onWake('messaging_own', loop.wake);
      loop.start();
    },
    stop: async () => {
      unsubscribe();
      await loop.stop();
    },
  };
};
