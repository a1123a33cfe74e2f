// Load on a service for as long as a trouble of its database lasts: several loops that write by RPC, and a stream of records on
// Kafka. It keeps what was answered, so that it can be compared with what is there afterwards.
import { Refusal } from '@hengji/domain-kit';
import { until } from '../until';

/** What a load needs of a service. */
export interface Loaded {
  /** An RPC that writes; the same `n` is the same request. */
  write(n: number): Promise<unknown>;
  /** Tells it something by Kafka that makes it write; `n` is another at each call. */
  hear(n: number): Promise<unknown>;
}

export interface Load {
  /** By what was answered: `ok`, the reason of a refusal, or what else was thrown. */
  readonly answers: ReadonlyMap<string, readonly number[]>;
  /** Ends it, and waits for what is under way. Returns how many records were sent. */
  stop(): Promise<number>;
}

const WRITERS = 4;
const WRITES_EVERY_MS = 500;
const HEARS_EVERY_MS = 400;
/** Less than the callers' own limit. To connect may take 10 s, to notice that a connection is gone 8 s. */
const ANSWERED_WITHIN_MS = 19_000;
/** A load that nobody stops ends by itself. */
const MOST_ROUNDS = 500;

const NO_ANSWER = `no answer within ${ANSWERED_WITHIN_MS} ms`;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** `ok`, the reason of the refusal, or what else was thrown. */
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
  // Whoever stops it hears of it.
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

/** The same request again and again until it is answered with ok. */
export const repeated = (service: Loaded, n: number, withinMs: number): Promise<string> =>
  until(
    () => answerOf(service.write(n)),
    (answer) => answer === 'ok',
    { withinMs },
  );
