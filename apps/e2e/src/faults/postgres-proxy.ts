// A fault proxy between one service and PostgreSQL. It parses the traffic and can act at an exact point: when a COMMIT is
// requested, when the COMMIT is answered, or when the relay marks what Kafka has accepted. At that point the proxy blocks
// both directions and calls back. The suite then kills the process, which therefore ends exactly there. The service does
// not know about the proxy: the tested program is the one that runs in production.
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * The point in a step where the process is killed. First: the transaction is not committed. Second: it is committed, and
 * nothing of it is published. Third: it is published, and the service has not recorded that.
 */
export const FAULT_POINTS = ['before commit', 'after commit before publish', 'after publish before ack'] as const;
export type FaultPoint = (typeof FAULT_POINTS)[number];

/** A kind of transaction, named by its writes: the statements without their parameters. */
export type Shape = string;

export interface Target {
  readonly shape: Shape;
  readonly point: FaultPoint;
}

/** Whether a step of this kind publishes, so that it can be killed between Kafka's answer and the mark. */
export const publishes = (shape: Shape): boolean => shape.includes('INSERT INTO messaging.outbox');

export interface Ambush {
  struck(target: Target): void;
  /** Whether one of these outbox rows is one of these events: the relay marks rows by number, a step writes events by id. */
  marks(rowIds: readonly string[], eventIds: readonly string[]): Promise<boolean>;
}

export interface PostgresProxy {
  readonly port: number;
  /** Kinds of writing transactions that passed since `forget`, with their counts. */
  readonly shapes: ReadonlyMap<Shape, number>;
  forget(): void;
  /**
   * Blocks at the first target that occurs, removes it from the list and calls back; from then on nothing passes. After
   * `thaw` the proxy waits for the remaining targets.
   */
  strikeAt(targets: Target[], ambush: Ambush): void;
  disarm(): void;
  /** Lets everything pass again, for the process that starts after the killed one. */
  thaw(): void;
  close(): Promise<void>;
}

const MARK = /UPDATE messaging\.outbox SET published_at/;
const WRITE = /^\s*(?:WITH\b[\s\S]*\b)?(INSERT INTO|UPDATE|DELETE FROM)\s+("?[\w.]+"?(?:\."?\w+"?)?)/i;
const BOOKKEEPING = /messaging\.(inbox|seen_sequence|sequence|request|guard)|_prisma/;

/** `INSERT INTO "public"."orders" …` → `INSERT INTO orders`; undefined for reads and bookkeeping. */
const wordOf = (sql: string): string | undefined => {
  const found = WRITE.exec(sql);
  if (!found || BOOKKEEPING.test(found[2] ?? '')) return undefined;
  return `${(found[1] ?? '').toUpperCase()} ${(found[2] ?? '').replaceAll('"', '').replace(/^public\./, '')}`;
};

const cstring = (bytes: Buffer, from: number): string => bytes.toString('utf8', from, bytes.indexOf(0, from));

/** One requested statement, with the bytes of its parameters. */
interface Asked {
  readonly sql: string;
  readonly bound: string;
}

const UUIDS = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const uuidsIn = ({ bound }: Asked): string[] => bound.match(UUIDS) ?? [];
/** `{12,13}`: the only parameter of the relay's mark. */
const rowIdsIn = ({ bound }: Asked): string[] => /\{([\d,]+)\}/.exec(bound)?.[1]?.split(',') ?? [];

/** The statements in a client's bytes, in order; the bytes may be cut anywhere. */
const statementReader = (): ((bytes: Buffer) => Asked[]) => {
  const prepared = new Map<string, string>();
  let rest = Buffer.alloc(0);
  let isStarted = false;
  const statementOf = (type: string, body: Buffer): Asked | undefined => {
    if (type === 'Q') return { sql: cstring(body, 0), bound: '' };
    if (type === 'P') {
      const name = cstring(body, 0);
      prepared.set(name, cstring(body, Buffer.byteLength(name) + 1));
      return undefined;
    }
    if (type !== 'B') return undefined;
    const portal = cstring(body, 0);
    const sql = prepared.get(cstring(body, Buffer.byteLength(portal) + 1));
    return sql === undefined ? undefined : { sql, bound: body.toString('latin1') };
  };
  return (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    const statements: Asked[] = [];
    for (;;) {
      // The first message has no type byte.
      const head = isStarted ? 1 : 0;
      if (rest.length < head + 4) return statements;
      const length = head + rest.readInt32BE(head);
      if (rest.length < length) return statements;
      if (isStarted) {
        const statement = statementOf(rest.toString('latin1', 0, 1), rest.subarray(5, length));
        if (statement !== undefined) statements.push(statement);
      }
      isStarted = true;
      rest = rest.subarray(length);
    }
  };
};

const isCommitAnswer = (bytes: Buffer): boolean => bytes.includes('COMMIT\0');

/** A step and the events that it wrote. */
interface Published {
  readonly target: Target;
  readonly eventIds: readonly string[];
}

/** The state that all connections of one service share. */
interface Door {
  readonly target: { host: string; port: number };
  readonly shapes: Map<Shape, number>;
  readonly sockets: Set<Socket>;
  targets: Target[];
  ambush: Ambush;
  /**
   * A committed step whose events must be hit when they are published: the proxy waits for the mark of exactly these
   * events.
   */
  awaitsMark: Published | undefined;
  isFrozen: boolean;
}

const strike = (door: Door, target: Target): void => {
  door.targets.splice(door.targets.indexOf(target), 1);
  door.awaitsMark = undefined;
  door.isFrozen = true;
  door.ambush.struck(target);
};

interface Passing {
  readonly passes: boolean;
  /** The target to hit when this commit is answered. */
  readonly last?: Target;
  /** The proxy waits for this step from the answer of this commit on, because a failed commit publishes nothing. */
  readonly arms?: Published;
  /** The rows of a mark; the proxy checks whether they are the awaited ones before the mark passes. */
  readonly marks?: readonly string[];
}
const PASSES: Passing = { passes: true };
const STOPS: Passing = { passes: false };

/** What happens to a commit of this shape. */
const atCommit = (door: Door, shape: Shape, eventIds: readonly string[]): Passing => {
  if (shape === '') return PASSES;
  door.shapes.set(shape, (door.shapes.get(shape) ?? 0) + 1);
  const target = door.targets.find((one) => one.shape === shape);
  if (!target || door.awaitsMark) return PASSES;
  switch (target.point) {
    case 'before commit':
      strike(door, target);
      return STOPS;
    case 'after commit before publish':
      return { passes: true, last: target };
    case 'after publish before ack':
      return { passes: true, arms: { target, eventIds } };
  }
};

/** Follows one connection: its current transaction, and whether its next statement may pass to PostgreSQL. */
const transactionFollower = (door: Door): ((asked: Asked) => Passing) => {
  let words: string[] = [];
  let eventIds: string[] = [];
  return (asked) => {
    const { sql } = asked;
    if (MARK.test(sql) && door.awaitsMark) return { passes: true, marks: rowIdsIn(asked) };
    if (/^\s*(BEGIN|ROLLBACK)/i.test(sql)) [words, eventIds] = [[], []];
    if (/^\s*COMMIT/i.test(sql)) {
      // The order is ignored. If a consumer happens to process two messages in one transaction, this counts as one step
      // with the writes of both.
      const shape = [...new Set(words)].sort().join(' + ');
      const published = eventIds;
      [words, eventIds] = [[], []];
      return atCommit(door, shape, published);
    }
    const word = wordOf(sql);
    if (word !== undefined) words.push(word);
    if (word !== undefined && publishes(word)) eventIds.push(...uuidsIn(asked));
    return PASSES;
  };
};

/** A mark waits here until the proxy knows whether it is the awaited one; then the proxy blocks it or lets it pass. */
const letMarkGo = async (door: Door, rowIds: readonly string[], { client, go }: { client: Socket; go: () => void }): Promise<void> => {
  client.pause();
  const awaited = door.awaitsMark;
  const isAwaited = awaited !== undefined && (await door.ambush.marks(rowIds, awaited.eventIds));
  if (isAwaited && door.awaitsMark === awaited && !door.isFrozen) strike(door, awaited.target);
  else if (!door.isFrozen) go();
  client.resume();
};

const serve = (door: Door, client: Socket): void => {
  const server = connect(door.target);
  const read = statementReader();
  const follow = transactionFollower(door);
  let last: Target | undefined;
  let arms: Published | undefined;
  for (const socket of [client, server]) {
    door.sockets.add(socket);
    socket.on('close', () => (door.sockets.delete(socket), client.destroy(), server.destroy()));
    socket.on('error', () => socket.destroy());
  }
  client.on('data', (bytes) => {
    if (door.isFrozen) return;
    const passings = read(bytes).map(follow);
    if (passings.some(({ passes }) => !passes)) return;
    last = passings.find((passing) => passing.last)?.last;
    arms = passings.find((passing) => passing.arms)?.arms ?? arms;
    const marked = passings.flatMap((passing) => passing.marks ?? []);
    if (marked.length > 0) return void letMarkGo(door, marked, { client, go: () => server.write(bytes) });
    // Nothing else may pass between the commit and its answer, because the relay waits for the notification of the commit.
    if (last) door.isFrozen = true;
    server.write(bytes);
  });
  server.on('data', (bytes) => {
    if (last && isCommitAnswer(bytes)) strike(door, last);
    if (arms && isCommitAnswer(bytes)) {
      door.awaitsMark ??= arms;
      arms = undefined;
    }
    if (!door.isFrozen) client.write(bytes);
  });
};

/** Opens the proxy to `target`; the service gets its port as the port of its database. */
export const postgresProxy = async (target: { host: string; port: number }): Promise<PostgresProxy> => {
  const door: Door = {
    target,
    shapes: new Map(),
    sockets: new Set(),
    targets: [],
    ambush: { struck: () => undefined, marks: async () => false },
    awaitsMark: undefined,
    isFrozen: false,
  };
  const server: Server = createServer((client) => serve(door, client));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const hangUp = (): void => door.sockets.forEach((socket) => socket.destroy());
  return {
    port: (server.address() as AddressInfo).port,
    shapes: door.shapes,
    forget: () => door.shapes.clear(),
    strikeAt: (targets, ambush) => Object.assign(door, { targets, ambush }),
    disarm: () => Object.assign(door, { targets: [], awaitsMark: undefined }),
    thaw: () => {
      hangUp();
      door.isFrozen = false;
    },
    close: async () => {
      hangUp();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
