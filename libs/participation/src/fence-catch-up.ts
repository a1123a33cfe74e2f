// A service that was down when an order was fenced takes the fence before it accepts requests. It asks enforcement at every start. While
// enforcement is unavailable, the service does not open its gRPC server and correctly reports "not ready".
import { setTimeout as pause } from 'node:timers/promises';
import type { Part } from '@hengji/host';
import { LONG_TRANSACTION, type SqlTx } from '@hengji/messaging';
import { placeHold } from './holds';
import type { ParticipationOptions } from './types';

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;

type Needs<Tx extends SqlTx> = Pick<ParticipationOptions<Tx>, 'service' | 'db' | 'enforcement' | 'log' | 'now'>;

/** Places every fence in force that is missing here. Returns how many fences enforcement listed. */
const catchUp = async <Tx extends SqlTx>(o: Needs<Tx>, signal: AbortSignal): Promise<number> => {
  const { fences } = await o.enforcement.listFences({ service: o.service }, { signal });
  for (const { orderId, epoch, scope, standing } of fences) {
    if (scope) await o.db.$transaction((tx) => placeHold(tx, { orderId, epoch, scope, standing }, o.now), LONG_TRANSACTION);
  }
  return fences.length;
};

/** Starts only after all fences in force are taken; retries without limit until stopped. */
export const fenceCatchUp = <Tx extends SqlTx>(o: Needs<Tx>): Part => {
  const stopping = new AbortController();
  return {
    name: 'fence catch-up',
    start: async () => {
      for (let pauseMs = FIRST_PAUSE_MS; !stopping.signal.aborted; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
        try {
          const fences = await catchUp(o, stopping.signal);
          o.log.info({ fences }, 'fences taken');
          return;
        } catch (err) {
          o.log.warn({ err, pauseMs }, 'fences cannot be taken yet; staying closed');
          await pause(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
        }
      }
      throw new Error('stopped before the fences were taken');
    },
    stop: () => {
      stopping.abort();
      return Promise.resolve();
    },
  };
};
