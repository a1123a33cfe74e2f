// A door between one service and PostgreSQL that reads along and can strike at an exact point: as a COMMIT is asked for, as
// it is answered, or as the relay marks what Kafka has taken. At that point it lets nothing more through in either direction
// and says so; the suite then kills the process, which therefore dies exactly there. No service knows of it: what is tested
// is the program that runs in production.
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * Where in a step the process dies: the transaction is not committed; it is, and nothing of it is published; it is
 * published, and the service does not know.
 */
export const FAULT_POINTS = ['before commit', 'after commit before publish', 'after publish before ack'] as const;
export type FaultPoint = (typeof FAULT_POINTS)[number];

/** A kind of transaction, named by what it writes: the statements with their parameters left out. */
export type Shape = string;

export interface Target {
  readonly shape: Shape;
  readonly point: FaultPoint;
}

/** Whether a step of this kind publishes, so that it can die between Kafka's answer and the mark. */
export const publishes = (shape: Shape): boolean => shape.includes('INSERT INTO messaging.outbox');

export interface Ambush {
  struck(target: Target): void;
  /** Whether one of these outbox rows is one of these events: the relay marks rows by number, a step writes events by id. */
  marks(rowIds: readonly string[], eventIds: readonly string[]): Promise<boolean>;
}

export interface PostgresProxy {
  readonly port: number;
  /** Kinds of writing transactions that came through since `forget`, with how often. */
  readonly shapes: ReadonlyMap<Shape, number>;
  forget(): void;
  /**
   * Strikes at whichever of the targets comes next, takes it off the list and calls back; from then on nothing gets through.
   * After `thaw` it lies in wait for the rest of the list.
   */
  strikeAt(targets: Target[], ambush: Ambush): void;
  disarm(): void;
  /** Lets everything through again, for the process that comes after the killed one. */
  thaw(): void;
  close(): Promise<void>;
}

const MARK = /UPDATE messaging\.outbox SET published_at/;
const WRITE = /^\s*(?:WITH\b[\s\S]*\b)?(INSERT INTO|UPDATE|DELETE FROM)\s+("?[\w.]+"?(?:\."?\w+"?)?)/i;
const BOOKKEEPING = /messaging\.(inbox|seen_sequence|sequence|request|guard)|_prisma/;

/** `INSERT INTO "public"."orders" …` → `INSERT INTO orders`; reads and bookkeeping say nothing. */
const wordOf = (sql: string): string | undefined => {
  const found = WRITE.exec(sql);
  if (!found || BOOKKEEPING.test(found[2] ?? '')) return undefined;
  return `${(found[1] ?? '').toUpperCase()} ${(found[2] ?? '').replaceAll('"', '').replace(/^public\./, '')}`;
};

const cstring = (bytes: Buffer, from: number): string => bytes.toString('utf8', from, bytes.indexOf(0, from));

/** One statement as it is asked for, with the bytes of its parameters. */
interface Asked {
  readonly sql: string;
  readonly bound: string;
}

const UUIDS = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const uuidsIn = ({ bound }: Asked): string[] => bound.match(UUIDS) ?? [];
/** `{12,13}`: the one parameter of the relay's mark. */
const rowIdsIn = ({ bound }: Asked): string[] => /\{([\d,]+)\}/.exec(bound)?.[1]?.split(',') ?? [];

/** The statements that a client's bytes ask for, in order; the bytes may be cut anywhere. */
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
      // The first message has no type.
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

/** What all connections of one service share. */
interface Door {
  readonly target: { host: string; port: number };
  readonly shapes: Map<Shape, number>;
  readonly sockets: Set<Socket>;
  targets: Target[];
  ambush: Ambush;
  /** A step whose events are to be struck when they are published: it has committed, the mark of just these is awaited. */
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
  /** Struck at when this commit is answered. */
  readonly last?: Target;
  /** Lain in wait for from when this commit is answered: one that fails publishes nothing. */
  readonly arms?: Published;
  /** The rows of a mark; whether they are the awaited ones is asked before it goes on. */
  readonly marks?: readonly string[];
}
const PASSES: Passing = { passes: true };
const STOPS: Passing = { passes: false };

/** What becomes of a commit of this shape. */
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

/** Follows one connection: which transaction it is in, and whether its next statement may go on to PostgreSQL. */
const transactionFollower = (door: Door): ((asked: Asked) => Passing) => {
  let words: string[] = [];
  let eventIds: string[] = [];
  return (asked) => {
    const { sql } = asked;
    if (MARK.test(sql) && door.awaitsMark) return { passes: true, marks: rowIdsIn(asked) };
    if (/^\s*(BEGIN|ROLLBACK)/i.test(sql)) [words, eventIds] = [[], []];
    if (/^\s*COMMIT/i.test(sql)) {
      // In no order: two messages that a consumer happens to take in one transaction are the step of the richer one.
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

/** A mark waits here until it is known whether it is the awaited one; then it is struck, or goes on. */
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
    // Nothing else may slip through between the commit and its answer: the relay is waiting for its bell.
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

/** Opens the door to `target`; its port is what the service is given as its database's. */
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
