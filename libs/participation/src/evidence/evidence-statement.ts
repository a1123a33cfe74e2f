// What the service signs about a row when the row is done: the number of records that it has evidence of, and the root over all evidence.
// The tree is that of previews (RFC 9162, blocks of a thousand). If the records are few, the statement contains them in full, so that a
// finding can name the column.
import { hash } from 'node:crypto';
import { appendHashes, EMPTY_FRONTIER, merkleRoot } from '@hengji/domain-kit';
import { canonical } from '@hengji/host';
import { rowsOf, type SqlTx } from '@hengji/messaging';
import sql, { type Sql } from 'sql-template-tag';
import { sha256 } from '../effects/targets';

const BLOCK = 1_000;
/** Rows with at most this many records are kept in full in the statement. */
const FEW = 5;

/** One record's evidence as text; for a row of few records, JSON of its columns. */
export interface EvidenceLine {
  readonly id: string;
  readonly line: string;
}

export interface EvidenceOf {
  readonly orderId: string;
  readonly service: string;
  readonly row: number;
  readonly effect: string;
  readonly undo: boolean;
}

/** Transactions that wrote the rows (PostgreSQL's xmin). A later write to a row leaves another xmin. */
export interface Writers {
  readonly kept: readonly string[];
  readonly records: readonly string[];
}

/** The number of records, the root over them, and the records themselves if they are few. */
export interface EvidenceContent {
  readonly count: number;
  readonly root: string;
  readonly lines: readonly EvidenceLine[];
}

export const hexOf = (bytes: Uint8Array): string => hash('sha256', bytes);

/** The database counts and hashes the records; `lines`: SQL with id and line. */
export const contentOf = async (tx: SqlTx, lines: Sql): Promise<EvidenceContent> => {
  const blocks = await rowsOf<{ leaf: string; count: number }>(
    tx,
    sql`WITH line AS MATERIALIZED (${lines}),
          placed AS (SELECT id, line, (row_number() OVER (ORDER BY id) - 1) / ${BLOCK}::int AS block FROM line)
     SELECT encode(sha256('\\x00'::bytea || convert_to(string_agg(id || E'\\t' || line, E'\\n' ORDER BY id), 'UTF8')), 'hex') AS leaf,
            count(*)::int AS count
     FROM placed GROUP BY block ORDER BY block`,
  );
  const count = blocks.reduce((sum, block) => sum + block.count, 0);
  const leaves = blocks.map(({ leaf }) => Buffer.from(leaf, 'hex'));
  const root = Buffer.from(merkleRoot(sha256, appendHashes(sha256, EMPTY_FRONTIER, leaves))).toString('hex');
  const few = count <= FEW ? await rowsOf<EvidenceLine>(tx, sql`SELECT id, line FROM (${lines}) few ORDER BY id`) : [];
  return { count, root, lines: few };
};

/**
 * The statement (执行明细签封). `announced` and `ask` are SHA-256 of the request from enforcement as the service stores it. `version` counts the
 * seals of the row from 1, so that an earlier seal cannot replace a later one.
 */
export const evidenceStatement = (
  of: EvidenceOf,
  content: EvidenceContent,
  {
    announced,
    ask,
    version,
    sealedAt,
    writers,
  }: { readonly announced: string; readonly ask: string; readonly version: number; readonly sealedAt: Date; readonly writers: Writers },
) => ({
  type: 'hengji.evidence.v1',
  orderId: of.orderId,
  service: of.service,
  row: String(of.row),
  effect: of.effect,
  undo: of.undo,
  announced,
  ask,
  count: String(content.count),
  root: content.root,
  records: content.lines.map(({ id, line }) => ({ id, line })),
  writers: { kept: [...writers.kept], records: [...writers.records] },
  sealedAt: sealedAt.toISOString(),
  version: String(version),
});

/** The statement as stored; statements signed before `version` was added have none. */
export type EvidenceStatement = Omit<ReturnType<typeof evidenceStatement>, 'version'> & { readonly version?: string };

export const textOf = (statement: EvidenceStatement): string => canonical(statement);
