// Assigns acts their positions in the chain (可追溯, N2.3e) and signs checkpoints, after the writers have committed. If a writer took the next position
// itself, it would lock the head of the chain until its commit. Then only one writer could run at a time in the whole service, and writers
// that wait for each other's rows would block it too.
//
// The later assignment loses no protection. A chain has no secret, so anybody who can write to the database can recompute the chain from
// any row on. Only a signed checkpoint protects acts from such writers, and checkpoints come after the writers in any case.
//
// Positions follow the order in which this step finds the committed rows. A row whose transaction was open during one pass is found in a
// later pass.
import { every, metrics, type Log, type Part, type Signer } from '@hengji/host';
import { execute, LONG_TRANSACTION, rowsOf, type SqlDb, type SqlTx } from '@hengji/messaging';
import sql, { type Sql } from 'sql-template-tag';
import { chainHash, checkpointStatement, NOTHING_BEFORE, type Checkpoint } from './act';
import { ACT_COLUMNS, actOf, chainedAfter, findNewestCheckpoint, type ActRow } from './act-rows';

/** The position of the next act. */
interface Head {
  readonly position: bigint;
  readonly hash: string;
}

export interface ActChainOptions {
  readonly service: string;
  readonly db: SqlDb;
  readonly signer: Signer;
  readonly log: Log;
  readonly now: () => Date;
  readonly config: {
    /** A checkpoint is signed after this many acts, */
    readonly ACTS_PER_CHECKPOINT: number;
    /** and when the oldest act without a checkpoint reaches this age. */
    readonly ACTS_CHECKPOINT_SECONDS: number;
  };
}

const POLL_MS = 1_000;
const ACTS_A_PASS = 1_000;
/** Any number, the same in every process of the service: only one process assigns positions at a time. */
const CHAIN_LOCK = 727_002;

const unsigned = metrics.gauge('hengji_acts_unsigned', 'Acts in the chain that no checkpoint covers yet', ['service']);

const lastPlace = async (tx: SqlTx): Promise<Head> => {
  const [row] = await rowsOf<{ position: string; hash: string }>(
    tx,
    sql`SELECT position::text, hash FROM procedure.act WHERE act.position IS NOT NULL ORDER BY act.position DESC LIMIT 1`,
  );
  return row ? { position: BigInt(row.position), hash: row.hash } : { position: 0n, hash: NOTHING_BEFORE };
};

/** The newest position. If acts were removed from the end, it is the position of the checkpoint, so that the gap stays visible. */
const headOf = async (tx: SqlTx, checkpoint: Checkpoint | undefined): Promise<Head> => {
  const last = await lastPlace(tx);
  return checkpoint && checkpoint.position > last.position ? checkpoint : last;
};

interface Link {
  readonly id: string;
  readonly position: string;
  readonly previous: string;
  readonly hash: string;
}

const linked = (rows: readonly ActRow[], head: Head): { links: Link[]; next: Head } => {
  let next = head;
  const links = rows.map((row) => {
    const place = { position: next.position + 1n, previous: next.hash };
    next = { position: place.position, hash: chainHash({ ...actOf(row), ...place }) };
    return { id: row.id, position: String(place.position), previous: place.previous, hash: next.hash };
  });
  return { links, next };
};

const putSql = (links: string): Sql => sql`
  UPDATE procedure.act AS a SET position = l.position, previous = l.previous, hash = l.hash
  FROM jsonb_to_recordset(${links}::jsonb) AS l (id bigint, position bigint, previous text, hash text) WHERE a.id = l.id`;

const isDue = async (tx: SqlTx, { config, now }: ActChainOptions, head: Head, covered: bigint): Promise<boolean> => {
  if (head.position === covered) return false;
  if (head.position - covered >= BigInt(config.ACTS_PER_CHECKPOINT)) return true;
  const [oldest] = await chainedAfter(tx, covered, 1);
  // A clock that was set back must not delay the checkpoint forever.
  return oldest !== undefined && Math.abs(now().getTime() - oldest.at.getTime()) >= config.ACTS_CHECKPOINT_SECONDS * 1_000;
};

const sign = async (tx: SqlTx, { service, signer, now }: ActChainOptions, head: Head, before: Checkpoint | undefined): Promise<void> => {
  const checkpoint = { number: (before?.number ?? 0n) + 1n, ...head, at: now() };
  const { keyId, algorithm, value } = signer.sign(checkpointStatement(service, checkpoint));
  await execute(
    tx,
    sql`INSERT INTO procedure.act_checkpoint (number, position, hash, at, key_id, algorithm, signature)
     VALUES (${String(checkpoint.number)}::bigint, ${String(checkpoint.position)}::bigint, ${checkpoint.hash}, ${checkpoint.at.toISOString()}::timestamptz, ${keyId}, ${algorithm}, ${value})`,
  );
};

/** One pass: assigns positions to up to a thousand acts, and signs a checkpoint if one is due. Returns true if there may be more to do. */
export const chainActs = (o: ActChainOptions): Promise<boolean> =>
  o.db.$transaction(async (tx) => {
    const [office] = await rowsOf<{ taken: boolean }>(tx, sql`SELECT pg_try_advisory_xact_lock(${CHAIN_LOCK}::bigint) AS taken`);
    if (office?.taken !== true) return false;
    const newest = await findNewestCheckpoint(tx);
    const rows = await rowsOf<ActRow>(
      tx,
      sql`SELECT ${ACT_COLUMNS} FROM procedure.act WHERE act.position IS NULL ORDER BY act.id LIMIT ${ACTS_A_PASS}::integer`,
    );
    const { links, next } = linked(rows, await headOf(tx, newest));
    if (links.length > 0) await execute(tx, putSql(JSON.stringify(links)));
    const covered = newest?.position ?? 0n;
    const signs = await isDue(tx, o, next, covered);
    if (signs) await sign(tx, o, next, newest);
    unsigned.set({ service: o.service }, signs ? 0 : Number(next.position - covered));
    return rows.length === ACTS_A_PASS;
  }, LONG_TRANSACTION);

/** The background step as a part. It starts even while PostgreSQL is unavailable. */
export const actChain = (o: ActChainOptions): Part => {
  const rounds = every(POLL_MS, {
    work: async () => ((await chainActs(o)) ? 'again' : undefined),
    failed: (failure) => o.log.warn({ err: failure }, 'acts cannot be chained now'),
  });
  return { name: 'acts', start: async () => rounds.start(), stop: () => rounds.stop() };
};
