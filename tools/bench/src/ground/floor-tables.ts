// Copies of a service's own tables in a schema `floor` of the same database. The copies have the same columns, indexes,
// checks, storage and foreign keys (between copied tables). A floor therefore changes the same rows under the same
// conditions and leaves the originals unchanged.
import { checkTimeZone, databaseSession } from '@hengji/host';
import { Client } from 'pg';

export const SCHEMA = 'floor';

/** A session on the database at this address. The session is closed when the work is done. */
export const withSession = async <T>(url: string, work: (session: Client) => Promise<T>): Promise<T> => {
  const session = new Client(databaseSession(url));
  await session.connect();
  try {
    await checkTimeZone(async (sql) => (await session.query<{ zone: string }>(sql)).rows);
    return await work(session);
  } finally {
    await session.end();
  }
};

/** `messaging.claim` → `floor.claim`. */
const copyOf = (table: string): string => `${SCHEMA}.${table.slice(table.indexOf('.') + 1)}`;

const copyOptions = async (session: Client, table: string): Promise<void> => {
  const { rows } = await session.query<{ option: string }>(`SELECT unnest(reloptions) AS option FROM pg_class WHERE oid = $1::regclass`, [
    table,
  ]);
  // Autovacuum must not process the rows that the floor left while the other side is measured.
  const options = [...rows.map(({ option }) => option), 'autovacuum_enabled = false'];
  await session.query(`ALTER TABLE ${copyOf(table)} SET (${options.join(', ')})`);
};

const copyForeignKeys = async (session: Client, table: string, among: readonly string[]): Promise<void> => {
  const { rows } = await session.query<{ name: string; definition: string }>(
    `SELECT conname AS name, pg_get_constraintdef(oid) AS definition FROM pg_constraint
     WHERE contype = 'f' AND conrelid = $1::regclass AND confrelid = ANY($2::regclass[])`,
    [table, among],
  );
  // The index definition names its tables without a schema; with this search path the names mean the copies.
  for (const { name, definition } of rows) {
    await session.query(`SET search_path = ${SCHEMA}`);
    await session.query(`ALTER TABLE ${copyOf(table)} ADD CONSTRAINT ${name} ${definition}`);
    await session.query(`RESET search_path`);
  }
};

/** Makes the copies anew, empty or with the rows of the originals, and runs ANALYZE on them. */
export const copyTables = async (session: Client, tables: readonly string[], rows: 'with rows' | 'empty'): Promise<void> => {
  await dropCopies(session);
  await session.query(`CREATE SCHEMA ${SCHEMA}`);
  for (const table of tables) {
    await session.query(`CREATE TABLE ${copyOf(table)} (LIKE ${table} INCLUDING ALL)`);
    await copyOptions(session, table);
    if (rows === 'with rows') await session.query(`INSERT INTO ${copyOf(table)} OVERRIDING SYSTEM VALUE SELECT * FROM ${table}`);
  }
  for (const table of tables) await copyForeignKeys(session, table, tables);
  await settle(session, [...tables, ...tables.map(copyOf)]);
};

/** Originals and copies start in the same condition: vacuumed, analysed and written to disk. */
const settle = async (session: Client, tables: readonly string[]): Promise<void> => {
  for (const table of tables) await session.query(`VACUUM (ANALYZE) ${table}`);
  await session.query('CHECKPOINT');
};

export const dropCopies = async (session: Client): Promise<void> => {
  await session.query(`SET client_min_messages = warning`);
  await session.query(`DROP SCHEMA IF EXISTS ${SCHEMA} CASCADE`);
};
