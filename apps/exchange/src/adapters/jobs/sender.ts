// Sends due messages, with one lane per agency. A lane keeps up to `inFlight` messages in flight and is independent of the other lanes. So
// a slow or unavailable agency delays no other agency. Tries are unlimited, because an order does not expire.
import type { Part } from '@hengji/host';
import { AGENCIES, type Agency } from '../../domain/message';
import { leaseDue } from '../store/messages';
import { deliver, type DeliverOptions } from '../http/deliver';
import { pollLoop } from './poll-loop';

export interface SenderOptions extends DeliverOptions {
  readonly inFlight: number;
  readonly pollMs: number;
  /** Longer than a try may take, including the recording of its result. */
  readonly leaseMs: number;
}

const lane = (agency: Agency, o: SenderOptions) => {
  const longestPauseMs = Math.max(o.backoff.capMs, o.inquiryMs, o.leaseMs);
  const underWay = new Set<Promise<void>>();
  let stopping = new AbortController();
  const loop = pollLoop({
    name: `sender ${agency}`,
    everyMs: o.pollMs,
    log: o.log,
    work: async () => {
      const free = o.inFlight - underWay.size;
      if (free === 0) return;
      for (const message of await leaseDue(o.db, agency, free, { now: o.now(), leaseMs: o.leaseMs, longestPauseMs })) {
        const sent: Promise<void> = deliver(o, message, stopping.signal).finally(() => {
          underWay.delete(sent);
          loop.wake();
        });
        underWay.add(sent);
      }
    },
  });
  return {
    start: (): void => {
      stopping = new AbortController();
      loop.start();
    },
    stop: async (): Promise<void> => {
      const stopped = loop.stop();
      stopping.abort();
      await stopped;
      await Promise.all(underWay);
    },
  };
};

export const sender = (o: SenderOptions): Part => {
  const lanes = AGENCIES.map((agency) => lane(agency, o));
  return {
    name: 'sender',
    start: async () => lanes.forEach((each) => each.start()),
    stop: async () => {
      await Promise.all(lanes.map((each) => each.stop()));
    },
  };
};
