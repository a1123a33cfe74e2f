// An empty queue sets no timer; a queue with requests is checked again.
import { createRequire } from 'node:module';
import { quietQueues } from './quiet-queues';

interface Queue {
  readonly pending: unknown[];
  readonly inflight: Map<number, unknown>;
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  checkPendingRequests(): void;
  destroy(): void;
}
const RequestQueue = createRequire(__filename)('kafkajs/src/network/requestQueue') as new (options: object) => Queue;

const logger = { namespace: () => ({ debug: () => undefined }) };
const queue = (): Queue => new RequestQueue({ maxInFlightRequests: 1, requestTimeout: 1_000, clientId: 'c', broker: 'b', logger });

it('is not checked while it is empty, and is checked while a request waits in it', () => {
  quietQueues();
  const empty = queue();
  empty.checkPendingRequests();
  expect(empty.throttleCheckTimeoutId).toBeNull();
  const full = queue();
  full.inflight.set(1, {});
  full.pending.push({});
  full.checkPendingRequests();
  expect(full.throttleCheckTimeoutId).not.toBeNull();
  full.destroy();
});
