// `npm run stack`: only PostgreSQL and Kafka, for development and for repeated test runs without a new start.
import { offerSharedStack, SHARED_FOLDER, TEST_SERVER_TIME_ZONE } from '../stack/standing.mts';
import { startStack } from '../stack/stack.mts';
import { printProblem } from '../launch/problem.mjs';
import { untilStopped } from './until-stopped.mts';

const main = async () => {
  const stack = await startStack({ dataFolder: SHARED_FOLDER, timeZone: TEST_SERVER_TIME_ZONE });
  offerSharedStack(stack);
  console.log(`  PostgreSQL  ${stack.postgresUrl}\n  Kafka       ${stack.kafkaBrokers}`);
  console.log('Tests of this clone use these two until you press Ctrl-C.');
  await untilStopped();
  await stack.stop();
};

main().catch((error) => {
  printProblem(error);
  process.exitCode = 1;
});
