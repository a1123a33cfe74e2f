// Runs once before integration and end-to-end suites: finds or starts PostgreSQL and Kafka, builds the templates, and sets
// the addresses in the variables that libs/testing reads.
import { buildTemplates } from '../stack/templates.mts';
import { containersNotTried, tellContainers } from './containers.mts';
import { environmentOf, findOrStartStack } from './test-stack.mts';

const log = (line: string): void => void process.stderr.write(`${line}\n`);

declare global {
  var testStackIsReady: boolean | undefined;
  var stopTestStack: (() => Promise<void>) | undefined;
}

export default async () => {
  // Two jest projects share this file; for the second project, the work is already done.
  if (globalThis.testStackIsReady) return;
  globalThis.testStackIsReady = true;
  const isNews = await tellContainers();
  const notTried = containersNotTried();
  if (isNews && notTried !== undefined) log(notTried);
  const stack = await findOrStartStack('suites', log);
  globalThis.stopTestStack = stack.stop;
  Object.assign(process.env, environmentOf(stack));
  const failures = await buildTemplates(stack.postgresUrl);
  for (const [service, error] of failures) log(`no template for ${service}, its suites will fail: ${error.message}`);
};
