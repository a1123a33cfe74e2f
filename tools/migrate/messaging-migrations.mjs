// Migrations of schema `messaging`, which every service's database carries beside its own tables: plain numbered SQL files in
// libs/messaging/migrations, each applied in one transaction and recorded with its checksum in messaging.migration. An applied
// file must never change; if it did, deploying stops rather than leave two databases with one history.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openSession } from '../stack/open-session.mjs';

const folder = fileURLToPath(new URL('../../libs/messaging/migrations', import.meta.url));
const FILE_NAME = /^\d{4}_[a-z0-9_]+\.sql$/;
/** Any constant that no one else uses: two deployers of one database wait for each other. */
const ADVISORY_LOCK = 7_210_001;

const LEDGER = `
  CREATE SCHEMA IF NOT EXISTS messaging;
  CREATE TABLE IF NOT EXISTS messaging.migration (
    name       text PRIMARY KEY,
    sha256     text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
  );`;

const files = () => {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  for (const name of names)
    if (!FILE_NAME.test(name)) throw new Error(`libs/messaging/migrations/${name}: the name must be NNNN_words.sql`);
  return names.map((name) => {
    const sql = readFileSync(join(folder, name), 'utf8');
    return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
  });
};

const applyOne = async (client, { name, sql, sha256 }) => {
  await client.query('BEGIN');
  try {
    await client.query(sql);
    await client.query('INSERT INTO messaging.migration (name, sha256) VALUES ($1, $2)', [name, sha256]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw new Error(`libs/messaging/migrations/${name} failed: ${error.message}`, { cause: error });
  }
};

const applyMissing = async (client) => {
  await client.query('SELECT pg_advisory_lock($1)', [ADVISORY_LOCK]);
  await client.query(LEDGER);
  const { rows } = await client.query('SELECT name, sha256 FROM messaging.migration');
  const applied = new Map(rows.map((row) => [row.name, row.sha256]));
  const names = [];
  for (const file of files()) {
    const before = applied.get(file.name);
    if (before !== undefined && before !== file.sha256) {
      throw new Error(`libs/messaging/migrations/${file.name} was changed after this database applied it; add a new file instead.`);
    }
    if (before !== undefined) continue;
    await applyOne(client, file);
    names.push(file.name);
  }
  return names;
};

const withClient = async (url, work) => {
  const client = await openSession(url);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

/**
 * @param {string} url of one service's database
 * @returns {Promise<string[]>} names applied now
 */
export const deployMessagingMigrations = (url) => withClient(url, applyMissing);

/**
 * @param {string} url
 * @returns {Promise<{ name: string, state: 'applied' | 'missing' | 'changed' }[]>}
 */
export const messagingMigrationStatus = (url) =>
  withClient(url, async (client) => {
    const { rows: present } = await client.query(`SELECT to_regclass('messaging.migration') IS NOT NULL AS present`);
    const { rows } = present[0].present ? await client.query('SELECT name, sha256 FROM messaging.migration') : { rows: [] };
    const applied = new Map(rows.map((row) => [row.name, row.sha256]));
    const stateOf = ({ name, sha256 }) => (!applied.has(name) ? 'missing' : applied.get(name) === sha256 ? 'applied' : 'changed');
    return files().map((file) => ({ name: file.name, state: stateOf(file) }));
  });
