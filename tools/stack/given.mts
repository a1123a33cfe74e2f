// Servers that are provided from outside: checked once at the start, then used as they are and never stopped.
import { SetupProblem } from '../launch/problem.mjs';
import { openSession } from './open-session.mts';
import { answers } from './ports.mts';

const hidePassword = (url: string) => url.replace(/:[^:@/]*@/, ':***@');

/** @param url a PostgreSQL user that may create databases, and a maintenance database */
export const givenPostgres = async (url: string) => {
  try {
    const client = await openSession(url, { withinMs: 5_000 });
    const { rows } = await client.query('SELECT rolcreatedb OR rolsuper AS creates FROM pg_roles WHERE rolname = current_user');
    if (!rows[0].creates) throw new Error('this user may not create databases');
    await client.end();
  } catch (error) {
    throw new SetupProblem(
      {
        what: `PostgreSQL at ${hidePassword(url)} cannot be used: ${(error as Error).message}.`,
        why: 'one database per service, at the address given by DATABASE_URL_BASE',
        mend: 'correct DATABASE_URL_BASE (a user with CREATEDB), or unset it and let the project start its own',
      },
      error,
    );
  }
  return { url, how: 'given PostgreSQL', stop: async () => undefined };
};

/** @param brokers host:port, separated by commas */
export const givenKafka = async (brokers: string) => {
  for (const broker of brokers.split(',')) {
    const [host = '', port] = broker.trim().split(':');
    if (await answers(host, Number(port))) return { brokers, how: 'given Kafka', stop: async () => undefined };
  }
  throw new SetupProblem({
    what: `No broker answers at ${brokers}.`,
    why: 'messages between the services, at the address given by KAFKA_BROKERS',
    mend: 'correct KAFKA_BROKERS, or unset it and let the project start its own',
  });
};
