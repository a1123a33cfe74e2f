// Limits as rows of procedure.limit. Every query uses an index with only the open limits (the board) or only the limits that the clock has
// to check. A million finished limits therefore cost nothing.
import { execute, rowsOf, type SqlTx } from '@hengji/messaging';
import sql, { empty, join, type Sql } from 'sql-template-tag';
import { takeTurn } from '../turn';
import { isOpen, nextLook, type Limit, type LimitTable } from '../tables/limit';
import type { LimitStore, Recount } from './limits';

const COLUMNS = sql`id, code, institution, file_id AS "fileId", about, authority, started_at AS "startedAt", due_at AS "dueAt",
  nearing_at AS "nearingAt", provisional, state, met_at AS "metAt", extended_from AS "extendedFrom", suspended_at AS "suspendedAt", stops,
  amount_version AS "amountVersion", end_named AS "endNamed"`;

/** In JSON the times are texts. */
const stopsOf = ({ stops }: Pick<Limit, 'stops'>): Sql => sql`${JSON.stringify(stops)}::jsonb`;

const valuesOf = (table: LimitTable, limit: Limit): Sql =>
  join([
    ...[limit.id, limit.code, limit.institution, limit.fileId, limit.about, limit.authority],
    ...[limit.startedAt, limit.dueAt, limit.nearingAt, limit.provisional, limit.state, limit.metAt, limit.extendedFrom],
    ...[limit.suspendedAt, isOpen(table, limit), nextLook(table, limit), stopsOf(limit), limit.amountVersion, limit.endNamed],
  ]);

type StoredLimit = Omit<Limit, 'stops'> & { readonly stops: readonly (readonly [string, string])[] };

const askLimits = async (tx: SqlTx, asked: Sql): Promise<Limit[]> =>
  (await rowsOf<StoredLimit>(tx, asked)).map(({ stops, ...limit }) => ({
    ...limit,
    stops: stops.map(([from, until]) => [new Date(from), new Date(until)] as const),
  }));

type Recounting = 'toRecount' | 'keepRecount' | 'recounts';

const recounting = <Tx extends SqlTx>(db: SqlTx): Pick<LimitStore<Tx>, Recounting> => ({
  toRecount: (after, limit, codes) =>
    askLimits(
      db,
      sql`SELECT ${COLUMNS} FROM procedure."limit"
          WHERE ((provisional AND state IN ('RUNNING', 'NEARING')) OR (open AND code = ANY(${[...codes]}::text[]))) AND id > ${after}
          ORDER BY id LIMIT ${limit}`,
    ),
  keepRecount: async (tx, { limitId, at, versionBefore, versionAfter, dueBefore, dueAfter }) => {
    await execute(
      tx,
      sql`INSERT INTO procedure.limit_recount (limit_id, at, version_before, version_after, due_before, due_after)
          VALUES (${limitId}, ${at}, ${versionBefore}, ${versionAfter}, ${dueBefore}, ${dueAfter})`,
    );
  },
  recounts: (tx, limitIds) =>
    rowsOf<Recount>(
      tx,
      sql`SELECT limit_id AS "limitId", at, version_before AS "versionBefore", version_after AS "versionAfter", due_before AS "dueBefore",
            due_after AS "dueAfter"
          FROM procedure.limit_recount WHERE limit_id = ANY(${[...limitIds]}::text[]) ORDER BY id`,
    ),
});

/** `db` runs queries outside a transaction; `Tx` is the service's own. */
export const limitStore = <Tx extends SqlTx>(db: SqlTx, table: LimitTable): LimitStore<Tx> => ({
  ...recounting<Tx>(db),
  insert: async (tx, limit) => {
    await execute(
      tx,
      sql`INSERT INTO procedure."limit" (id, code, institution, file_id, about, authority, started_at, due_at, nearing_at, provisional,
            state, met_at, extended_from, suspended_at, open, next_look_at, stops, amount_version, end_named)
          VALUES (${valuesOf(table, limit)})`,
    );
  },
  save: async (tx, limit) => {
    // The tasks that are due by this limit get its new due time.
    await execute(
      tx,
      sql`UPDATE procedure.task SET due_at = ${limit.dueAt}, provisional = ${limit.provisional}
          WHERE limit_id = ${limit.id} AND limit_id <> '' AND done_at IS NULL
            AND (due_at IS DISTINCT FROM ${limit.dueAt}::timestamptz OR provisional <> ${limit.provisional})`,
    );
    await execute(
      tx,
      sql`UPDATE procedure."limit" SET due_at = ${limit.dueAt}, nearing_at = ${limit.nearingAt}, provisional = ${limit.provisional},
            state = ${limit.state}, met_at = ${limit.metAt}, extended_from = ${limit.extendedFrom},
            suspended_at = ${limit.suspendedAt}, stops = ${stopsOf(limit)},
            amount_version = ${limit.amountVersion}, end_named = ${limit.endNamed}, open = ${isOpen(table, limit)}, next_look_at = ${nextLook(table, limit)}
          WHERE id = ${limit.id}`,
    );
  },
  unmet: (tx, { fileId, about = '' }, code) =>
    askLimits(
      tx,
      sql`SELECT ${COLUMNS} FROM procedure."limit" WHERE file_id = ${fileId} AND about = ${about}
          ${code === undefined ? empty : sql`AND code = ${code}`}
          AND state IN ('RUNNING', 'NEARING', 'SUSPENDED', 'PASSED') ORDER BY due_at, id`,
    ),
  institutionsDue: async (now, limit, except) => {
    const due = await rowsOf<{ institution: string }>(
      db,
      sql`SELECT institution FROM procedure."limit" WHERE next_look_at <= ${now} AND institution <> ALL(${[...except]}::text[])
          GROUP BY institution ORDER BY min(next_look_at), institution LIMIT ${limit}`,
    );
    return due.map(({ institution }) => institution);
  },
  lockDue: async (tx, institution, now, limit) => {
    await takeTurn(tx, institution);
    return askLimits(
      tx,
      sql`SELECT ${COLUMNS} FROM procedure."limit" WHERE institution = ${institution} AND next_look_at <= ${now}
          ORDER BY next_look_at, id LIMIT ${limit}`,
    );
  },
  lock: async (tx, { id, institution }) => {
    await takeTurn(tx, institution);
    const [found] = await askLimits(tx, sql`SELECT ${COLUMNS} FROM procedure."limit" WHERE id = ${id}`);
    if (!found) throw new Error(`limit ${id} is gone`);
    return found;
  },
  ofIds: (ids) => askLimits(db, sql`SELECT ${COLUMNS} FROM procedure."limit" WHERE id = ANY(${[...ids]}::text[])`),
  ofFile: (tx, fileId) => askLimits(tx, sql`SELECT ${COLUMNS} FROM procedure."limit" WHERE file_id = ${fileId} ORDER BY due_at, id`),
});
