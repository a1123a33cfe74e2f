// Measures the floor of the cascade. One session per database runs its statements in one transaction, all sessions in
// parallel. The statements run on copies of the tables as these are before the order.
import { PARTICIPANTS } from '@hengji/contracts';
import type { Client } from 'pg';
import { copyTables, dropCopies, withSession } from '../ground/floor-tables';
import type { Platform } from '../ground/neighbours';
import { ROW_CHANGES } from './row-changes';
import type { ServiceWithTables } from './services';

export interface FloorFigures {
  readonly ms: number;
  /** The time of each session; the sessions ran in parallel. */
  readonly byService: Readonly<Record<string, number>>;
  /** Rows that the statements of each table changed or wrote: the order must produce the same counts. */
  readonly rows: Readonly<Record<string, number>>;
}

interface Session {
  readonly service: ServiceWithTables;
  readonly client: Client;
}

const tableOf = (statement: string): string => /floor\.(\w+)/.exec(statement)?.[1] ?? '';

const carryOut = async ({ service, client }: Session, institution: string): Promise<{ ms: number; rows: Record<string, number> }> => {
  const started = performance.now();
  const rows: Record<string, number> = {};
  await client.query('BEGIN');
  for (const statement of ROW_CHANGES[service].statements) {
    const { rowCount } = await client.query(statement, [institution]);
    rows[`${service}.${tableOf(statement)}`] = rowCount ?? 0;
  }
  await client.query('COMMIT');
  return { ms: performance.now() - started, rows };
};

const inSessions = async <T>(platform: Platform, work: (sessions: readonly Session[]) => Promise<T>): Promise<T> => {
  const open = async (left: readonly ServiceWithTables[], sessions: readonly Session[]): Promise<T> => {
    const [service, ...others] = left;
    if (service === undefined) return work(sessions);
    return withSession(platform.databaseUrl(service), (client) => open(others, [...sessions, { service, client }]));
  };
  return open(PARTICIPANTS, []);
};

/** Makes the row changes of the order in bare SQL, then drops the copies. */
export const measureFloor = (platform: Platform, institution: string): Promise<FloorFigures> =>
  inSessions(platform, async (sessions) => {
    for (const { service, client } of sessions) await copyTables(client, ROW_CHANGES[service].tables, 'with rows');
    const started = performance.now();
    const done = await Promise.all(sessions.map((session) => carryOut(session, institution)));
    const ms = performance.now() - started;
    for (const { client } of sessions) await dropCopies(client);
    await sessions[0]?.client.query('CHECKPOINT');
    return {
      ms,
      byService: Object.fromEntries(sessions.map(({ service }, i) => [service, Math.round(done[i]?.ms ?? 0)])),
      rows: Object.assign({}, ...done.map(({ rows }) => rows)) as Record<string, number>,
    };
  });
