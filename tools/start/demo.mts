// `npm run demo -- --size small|standard|large [--json]`: starts the platform on free ports, loads the sample province,
// carries out the order, and ends. With --json the last line on standard output contains the figures; everything for
// people goes to standard error.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { printProblem } from '../launch/problem.mjs';
import { step } from '../launch/step.mjs';
import { sweepAbandoned } from '../stack/claim.mts';
import { STACK_FOLDER } from '../stack/standing.mts';
import { startPlatform } from './platform.mts';
import { runProvince } from './province.mts';
import { untilStopped } from './until-stopped.mts';

const PREFIX = 'demo-';
const log = (line: string) => console.error(line);

const main = async () => {
  const { values } = parseArgs({ options: { size: { type: 'string', default: 'small' }, json: { type: 'boolean', default: false } } });
  const json = values.json ? ['--json'] : [];
  const dataFolder = join(STACK_FOLDER, `${PREFIX}${process.pid}`);
  await sweepAbandoned(STACK_FOLDER, PREFIX, log);
  const stopping = untilStopped().then(() => {
    throw new Error('stopped');
  });
  const platform = await step('Starting PostgreSQL, Kafka and the services', () => startPlatform({ dataFolder, log }));
  const show = async () => {
    for (const command of ['load', 'order']) await runProvince(platform, [command, '--size', values.size, ...json]);
  };
  try {
    await Promise.race([stopping, show()]);
  } finally {
    await platform.stop();
  }
  await rm(dataFolder, { recursive: true, force: true });
};

main().then(
  () => process.exit(0),
  (error) => {
    printProblem(error);
    process.exit(1);
  },
);
