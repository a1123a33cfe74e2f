// Prisma's own schema engine, compiled to WebAssembly and taken from npm. The `prisma` command line would download a native
// engine for every migration; this one needs no network, writes the same `_prisma_migrations` rows with the same checksums,
// and leaves the folders valid for `prisma migrate deploy` wherever a network allows that.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, type SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';
import { checkTimeZone, databaseSession } from '../../libs/host/src/database-session.mts';

/** Nothing in our databases is hidden from the engine: schema `messaging` is not the datasource's schema and so never seen by it. */
export const FILTERS = { externalTables: [], externalEnums: [] };

/**
 * The engine lets the ten-second timer of its advisory lock run on after the lock is taken; whoever deployed would stay up
 * that much longer. Its timers are therefore made not to hold the process.
 */
const imports = () => {
  const timers = Object.keys(engine).filter((name) => name.startsWith('__wbg_setTimeout_'));
  const unheld = (callback: () => void, ms: number) => setTimeout(callback, ms >>> 0).unref();
  return { './schema_engine_bg.js': { ...engine, ...Object.fromEntries(timers.map((name) => [name, unheld])) } };
};

interface EngineExports {
  __wbindgen_start(): void;
}

/** What is needed of WebAssembly, which Node's own types leave to the browser's. */
const { instantiate } = (
  globalThis as unknown as {
    WebAssembly: { instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: EngineExports } }> };
  }
).WebAssembly;

let loaded: Promise<typeof engine> | undefined;
const load = async () => {
  const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'));
  const bytes = readFileSync(join(folder, 'schema_engine_bg.wasm'));
  const { instance } = await instantiate(bytes, imports());
  engine.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return engine;
};

/**
 * The engine asks its database for name and version as soon as it opens, even for work that needs none. Comparing two
 * schema texts is such work: this stands in, holds nothing, and lets `create` run without PostgreSQL.
 */
const noDatabase = () => {
  const connection = {
    provider: 'postgres',
    adapterName: 'no-database',
    executeRaw: async () => 0,
    queryRaw: async () => ({ columnNames: [], columnTypes: [], rows: [] }),
    executeScript: async () => undefined,
    dispose: async () => undefined,
    getConnectionInfo: () => ({ schemaName: 'public', supportsRelationJoins: true }),
  };
  const connect = async () => connection;
  return { provider: 'postgres', adapterName: 'no-database', connect, connectToShadowDb: connect };
};

export interface Schema {
  readonly file: string;
  readonly text: string;
}

const open = async (schema: Schema, factory: SqlMigrationAwareDriverAdapterFactory) => {
  loaded ??= load();
  const { SchemaEngine } = await loaded;
  return SchemaEngine.new({ datamodels: [[schema.file, schema.text]] }, () => undefined, bindMigrationAwareSqlAdapterFactory(factory));
};

/** Opens the engine without a database: it can compare schemas and nothing else. */
export const openOffline = (schema: Schema) => open(schema, noDatabase() as unknown as SqlMigrationAwareDriverAdapterFactory);

/**
 * Works with the engine on one database and leaves no connection behind: a database with a connection on it cannot serve as a template a moment later.
 * @param url of the database
 */
export const withEngine = async <T,>(schema: Schema, url: string, work: (engine: engine.SchemaEngine) => Promise<T>): Promise<T> => {
  const pool = new pg.Pool({ ...databaseSession(url), max: 2 });
  try {
    await checkTimeZone(async (sql) => (await pool.query(sql)).rows);
    return await work(await open(schema, new PrismaPg(pool)));
  } finally {
    await pool.end();
  }
};
