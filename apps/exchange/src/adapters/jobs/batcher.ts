// Makes messages from waiting uploads, institution by institution. Where a hold covers all uploads of an institution, the job checks the
// institution again after a pause; so a lifted hold needs no other signal.
import type { Log, Part } from '@hengji/host';
import { sendWaiting } from '../../application/send-waiting';
import type { Database } from '../store/database';
import { exchangeStore } from '../store/exchange-store';
import { waitingInstitutions } from '../store/waiting';
import { pollLoop } from './poll-loop';

export interface BatcherOptions {
  readonly db: Database;
  readonly pollMs: number;
  readonly heldRecheckMs: number;
  readonly newId: () => string;
  readonly now: () => Date;
  readonly log: Log;
}

export const batcher = (o: BatcherOptions): Part => {
  /**
   * Institutions whose waiting uploads are all on hold, with the end of their pause by performance.now(): a clock that is set back must not
   * extend a pause.
   */
  const restingUntil = new Map<string, number>();

  const sendAll = async (institution: string): Promise<void> => {
    const once = (): Promise<number> =>
      o.db.$transaction((tx) => sendWaiting({ store: exchangeStore(tx), newId: o.newId, now: o.now() }, institution), {
        maxWait: 10_000,
        timeout: 30_000,
      });
    while ((await once()) > 0);
    restingUntil.set(institution, performance.now() + o.heldRecheckMs);
  };

  const loop = pollLoop({
    name: 'batcher',
    everyMs: o.pollMs,
    log: o.log,
    work: async () => {
      for (const [institution, until] of restingUntil) if (until <= performance.now()) restingUntil.delete(institution);
      for (const institution of await waitingInstitutions(o.db)) if (!restingUntil.has(institution)) await sendAll(institution);
    },
  });
  return { name: 'batcher', start: async () => loop.start(), stop: () => loop.stop() };
};
