// Prisma's own schema engine, compiled to WebAssembly and taken from npm. The `prisma` command line would download a
// native engine for every migration. The WebAssembly engine needs no network and writes the same `_prisma_migrations` rows
// with the same checksums. The folders therefore stay valid for `prisma migrate deploy` wherever a network allows that.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, type SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';
import { checkTimeZone, databaseSession } from '../../libs/host/src/database-session.mts';

/** No filter is set. Schema `messaging` is not the datasource's schema, so the engine never sees it. */
export const FILTERS = { externalTables: [], externalEnums: [] };

/**
 * The engine does not clear the ten-second timer of its advisory lock when it gets the lock. The timer would keep the
 * process running that long, so the engine's timers are unreferenced.
 */
const imports = () => {
  const timers = Object.keys(engine).filter((name) => name.startsWith('__wbg_setTimeout_'));
  const unheld = (callback: () => void, ms: number) => setTimeout(callback, ms >>> 0).unref();
  return { './schema_engine_bg.js': { ...engine, ...Object.fromEntries(timers.map((name) => [name, unheld])) } };
};

interface EngineExports {
  __wbindgen_start(): void;
}

/** The part of WebAssembly that is needed here; only the browser's types declare it, Node's types do not. */
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
 * The engine asks its database for name and version as soon as it opens. It does so even for work that needs no database,
 * such as comparing two schema texts. This stub answers those requests and holds no data, so that `create` runs without
 * PostgreSQL.
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

/** Opens the engine without a database; this engine can only compare schemas. */
export const openOffline = (schema: Schema) => open(schema, noDatabase() as unknown as SqlMigrationAwareDriverAdapterFactory);

/**
 * Uses the engine on one database and closes every connection, because a database with an open connection cannot serve as
 * a template.
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
