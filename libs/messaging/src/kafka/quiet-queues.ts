// kafkajs 2.2.4 checks the queue of every connection a thousand times a second, as long as the connection exists. With an empty queue it
// sets a timer with a negative delay; Node uses one millisecond instead and prints a warning, and kafkajs sets the timer again when it
// fires (tulios/kafkajs#1751). In an idle service this was most of the CPU time. With this patch the queue is checked when a request is
// added, when an answer makes room, and while a request waits in it; nothing else can change what may be sent.
import { createRequire } from 'node:module';

interface RequestQueue {
  readonly pending: readonly unknown[];
  scheduleCheckPendingRequests(): void;
}

const { prototype } = createRequire(__filename)('kafkajs/src/network/requestQueue') as { readonly prototype: RequestQueue };
const schedule = prototype.scheduleCheckPendingRequests;

/** Applies to all connections of this process; one call is enough. */
export const quietQueues = (): void => {
  prototype.scheduleCheckPendingRequests = function (this: RequestQueue): void {
    if (this.pending.length > 0) schedule.call(this);
  };
};
