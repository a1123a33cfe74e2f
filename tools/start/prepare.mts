// Databases, migrations, topics and signing keys on given servers, for containers. This program ends before the services
// start, and runs again at each new version. It reads DATABASE_URL_BASE, KAFKA_BROKERS and KEYS_FOLDER. Where the topics are an
// operator's, KAFKA_BROKERS is empty; where the keys come from the installation's secrets, KEYS_FOLDER is.
import { appsWithDatabase } from '../migrate/migrate.mts';
import { printProblem } from '../launch/problem.mjs';
import { givenKafka, givenPostgres } from '../stack/given.mts';
import { prepareDatabases } from './databases.mts';
import { makeKeys } from './keys.mts';
import { createTopics } from './topics.mts';

const main = async () => {
  const { DATABASE_URL_BASE = '', KAFKA_BROKERS = '', KEYS_FOLDER = 'keys' } = process.env;
  const { url } = await givenPostgres(DATABASE_URL_BASE);
  if (KAFKA_BROKERS !== '') await givenKafka(KAFKA_BROKERS);
  const nameOf = (service: string) => `hengji_${service}`;
  await Promise.all([
    prepareDatabases({ postgresUrl: url, services: appsWithDatabase(), nameOf, keep: true }),
    ...(KAFKA_BROKERS === '' ? [] : [createTopics(KAFKA_BROKERS, '')]),
    ...(KEYS_FOLDER === '' ? [] : [makeKeys(KEYS_FOLDER)]),
  ]);
  console.log(['databases', ...(KAFKA_BROKERS === '' ? [] : ['topics']), ...(KEYS_FOLDER === '' ? [] : ['keys'])].join(', '), 'are ready');
};

main().catch((error) => {
  printProblem(error);
  process.exitCode = 1;
});
