// kafkajs 2.2.4 looks at the queue of every connection a thousand times a second, for as long as it lives: with nothing queued it sets
// a timer with a negative delay, which Node takes for one millisecond and warns of, and sets it anew when it fires
// (tulios/kafkajs#1751). At rest that was most of what a service did. The queue is looked at when something is put into it, when an
// answer makes room, and as long as something waits in it; nothing else can change what may be sent.
import { createRequire } from 'node:module';

interface RequestQueue {
  readonly pending: readonly unknown[];
  scheduleCheckPendingRequests(): void;
}

const { prototype } = createRequire(__filename)('kafkajs/src/network/requestQueue') as { readonly prototype: RequestQueue };
const schedule = prototype.scheduleCheckPendingRequests;

/** For all connections of this process; once is enough. */
export const quietQueues = (): void => {
  prototype.scheduleCheckPendingRequests = function (this: RequestQueue): void {
    if (this.pending.length > 0) schedule.call(this);
  };
};
