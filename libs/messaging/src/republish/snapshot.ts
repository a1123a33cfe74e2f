// The state of one key at one position. A transaction with one database snapshot reads the sequence and the state; rows are sent as they
// are read, no faster than the reader takes them.
import type { Body, Envelope, Topic } from '@hengji/contracts';
import sql from 'sql-template-tag';
import { execute, LONG_TRANSACTION, type SqlDb, type SqlTx } from '../sql';
import { lastGiven } from './heads';
import type { SnapshotPart } from './snapshot-seal';

/** One event of a snapshot; `occurredAt` is when the state began. */
export interface SnapshotEvent<E extends Envelope> {
  readonly body: Body<E>;
  readonly occurredAt: Date;
  readonly orderId?: string;
}

/** Reads the state of a key and yields it as events, oldest first, some hundreds at a time. Reads in `tx` and nowhere else. */
export interface SnapshotSource<Tx extends SqlTx> {
  readonly topic: string;
  readonly read: (tx: Tx, key: string) => AsyncGenerator<Buffer[]>;
}

/** Binds a topic to its owner's state. */
export const snapshotOf = <E extends Envelope, Tx extends SqlTx>(
  topic: Topic<E>,
  read: (tx: Tx, key: string) => AsyncGenerator<SnapshotEvent<E>[]>,
): SnapshotSource<Tx> => ({
  topic: topic.name,
  read: async function* (tx, key) {
    for await (const events of read(tx, key)) {
      yield events.map(({ body, occurredAt, orderId = '' }) => {
        const meta = { eventId: '', occurredAt, institution: key, sequence: 0n, orderId };
        return Buffer.from(topic.codec.encode({ meta, body } as E).finish());
      });
    }
  },
});

/** Passes one value at a time from the writer to the reader; either may end it. */
const handover = <T>() => {
  let give: (value: IteratorResult<T>) => void = () => undefined;
  let fail: (failure: unknown) => void = () => undefined;
  let taken: () => void = () => undefined;
  let left = false;
  const next = (): Promise<IteratorResult<T>> =>
    new Promise((resolve, reject) => {
      [give, fail] = [resolve, reject];
      taken();
    });
  const wanted = (): Promise<void> => new Promise((resolve) => (taken = resolve));
  const check = (): void => {
    if (left) throw new Error('the reader of the snapshot has left');
  };
  return {
    next,
    put: async (value: T): Promise<void> => {
      check();
      const again = wanted();
      give({ done: false, value });
      await again;
      check();
    },
    end: () => give({ done: true, value: undefined }),
    fail: (failure: unknown) => fail(failure),
    leave: () => {
      left = true;
      taken();
    },
  };
};

/** The parts of a snapshot, at least one. The transaction lasts until the reader has taken the last part or has left. */
export async function* readSnapshot<Tx extends SqlTx>(
  db: SqlDb<Tx>,
  source: SnapshotSource<Tx>,
  key: string,
): AsyncGenerator<SnapshotPart> {
  const line = handover<SnapshotPart>();
  let asked = line.next();
  const work = db.$transaction(async (tx) => {
    await execute(tx, sql`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY`);
    const position = await lastGiven(tx, source.topic, key);
    await line.put({ position, events: [] });
    for await (const events of source.read(tx, key)) await line.put({ position, events });
  }, LONG_TRANSACTION);
  work.then(line.end, line.fail);
  try {
    for (let part = await asked; !part.done; part = await asked) {
      asked = line.next();
      asked.catch(() => undefined);
      yield part.value;
    }
  } finally {
    line.leave();
    await work.catch(() => undefined);
  }
}
