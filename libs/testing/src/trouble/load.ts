// Load on a service during a failure of its database: several loops that write by RPC, and a stream of records on Kafka.
// The load stores the answers, so that they can be compared with the records that exist afterwards.
import { Refusal } from '@hengji/domain-kit';
import { until } from '../until';

/** The functions of a service that a load needs. */
export interface Loaded {
  /** An RPC that writes; the same `n` is the same request. */
  write(n: number): Promise<unknown>;
  /** Sends the service an event by Kafka that makes it write; `n` is different at each call. */
  hear(n: number): Promise<unknown>;
}

export interface Load {
  /** The requests by their answer: `ok`, the reason of a refusal, or the text of another error. */
  readonly answers: ReadonlyMap<string, readonly number[]>;
  /** Ends the load and waits for requests in flight. Returns the number of records that were sent. */
  stop(): Promise<number>;
}

const WRITERS = 4;
const WRITES_EVERY_MS = 500;
const HEARS_EVERY_MS = 400;
/** Less than the limit of the callers. A connection may take 10 s, and the detection of a lost connection 8 s. */
const ANSWERED_WITHIN_MS = 19_000;
/** A load that is never stopped ends after this many rounds. */
const MOST_ROUNDS = 500;

const NO_ANSWER = `no answer within ${ANSWERED_WITHIN_MS} ms`;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** `ok`, the reason of the refusal, or the text of another error. */
export const answerOf = async (call: Promise<unknown>): Promise<string> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => (timer = setTimeout(() => resolve(NO_ANSWER), ANSWERED_WITHIN_MS)));
  const answer = call.then(
    () => 'ok',
    (failure: unknown) => (failure instanceof Refusal ? failure.reason : String(failure)),
  );
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
};

/** Until `isOver`, at most `MOST_ROUNDS` times. */
const rounds = async (isOver: () => boolean, everyMs: number, work: (nth: number) => Promise<void>): Promise<void> => {
  for (let nth = 0; nth < MOST_ROUNDS && !isOver(); nth += 1) {
    await work(nth);
    await pause(everyMs * (0.5 + Math.random()));
  }
};

export const startLoad = (service: Loaded): Load => {
  const answers = new Map<string, number[]>();
  let isOver = false;
  let sent = 0;
  const over = (): boolean => isOver;
  const writer = (which: number): Promise<void> =>
    rounds(over, WRITES_EVERY_MS, async (nth) => {
      const n = 1 + nth * WRITERS + which;
      const answer = await answerOf(service.write(n));
      answers.set(answer, [...(answers.get(answer) ?? []), n]);
    });
  const hearing = rounds(over, HEARS_EVERY_MS, async (nth) => {
    await service.hear(nth);
    sent += 1;
  });
  const all = Promise.all([hearing, ...Array.from({ length: WRITERS }, (_, which) => writer(which))]);
  // The caller of `stop` gets the error.
  all.catch(() => undefined);
  return {
    answers,
    stop: async () => {
      isOver = true;
      await all;
      return sent;
    },
  };
};

/** Repeats the same request until its answer is ok. */
export const repeated = (service: Loaded, n: number, withinMs: number): Promise<string> =>
  until(
    () => answerOf(service.write(n)),
    (answer) => answer === 'ok',
    { withinMs },
  );
