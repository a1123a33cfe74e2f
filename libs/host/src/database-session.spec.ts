import { databaseSession } from './database-session.mts';

const URL = 'postgresql://u:p%40ss@h:5432/exam';

describe('a session of the database', () => {
  it('is UTC through its own connection options', () => {
    expect(databaseSession(URL)).toMatchObject({ connectionString: URL, options: '-c timezone=UTC' });
  });

  it('is UTC even when the address requests another time zone, and keeps its other options', () => {
    const { connectionString, options } = databaseSession(
      `${URL}?sslmode=require&options=-c%20timezone%3DAsia%2FShanghai%20-c%20work_mem%3D8MB`,
    );
    expect(connectionString).toBe(`${URL}?sslmode=require`);
    expect(options).toBe('-c timezone=Asia/Shanghai -c work_mem=8MB -c timezone=UTC');
  });

  it('stops connecting where no server answers, and notices that the other side is gone', () => {
    expect(databaseSession(URL)).toMatchObject({ connectionTimeoutMillis: 10_000, keepAlive: true, keepAliveInitialDelayMillis: 5_000 });
  });

  it('ends when a service sends no statement in a transaction, and for an office also outside a transaction', () => {
    expect(databaseSession(URL, { limits: 'service' }).options).toContain('-c idle_in_transaction_session_timeout=10000');
    expect(databaseSession(URL, { limits: 'service' }).options).not.toContain('idle_session_timeout=10000 -c timezone');
    expect(databaseSession(URL, { limits: 'office' }).options).toContain('-c idle_session_timeout=10000');
    expect(databaseSession(URL).options).not.toContain('timeout');
  });
});
