// `npm start`: starts the whole platform with a sample province and carries out one order while the user watches; then the
// platform stays up. `npm start -- --keep` keeps its data, and continues with the data of the last such start.
import { join } from 'node:path';
import { printProblem } from '../launch/problem.mjs';
import { step } from '../launch/step.mjs';
import { STACK_FOLDER } from '../stack/standing.mts';
import { startPlatform, type Platform } from './platform.mts';
import { runProvince } from './province.mts';
import { untilStopped } from './until-stopped.mts';

const PREFERRED_PORTS = { gateway: 8080, verify: 8081 };
const dataFolder = join(STACK_FOLDER, 'start');

const welcome = ({ addresses, environment }: Platform) => `
  衡技 Hengji is up.

  console              ${addresses['GATEWAY_URL']}
  API                  ${addresses['GATEWAY_URL']}/docs
  public verification  ${addresses['VERIFY_URL']}

  sign in as           officers: shenyang-a … shenyang-f, province-a … province-f, dalian-a … dalian-f; in a case c and d verify, a drafts,
                       f reviews as head of the department, e checks the law, b decides and signs as head
                       institution-<code> for any institution, institution for S000021010001; operator, operator-b; auditor
  password             ${environment['DEMO_PASSWORD']}

  logs                 ${join(dataFolder, 'logs')}
  Kill any service and watch it come back: kill -9 <process> (ps lists them as dist/apps/<service>/main.js). Ctrl-C stops all.
`;

const showOrder = async (platform: Platform) => {
  await runProvince(platform, ['load', '--size', 'small']);
  await runProvince(platform, ['order', '--size', 'small']);
};

/** The first start that keeps its data finds no earlier data. */
const hasProvince = async ({ addresses }: Platform): Promise<boolean> => {
  const answer = await fetch(`${addresses['GATEWAY_URL']}/api/public/directory?limit=1`);
  return answer.ok && ((await answer.json()) as { items: unknown[] }).items.length > 0;
};

const main = async (args: readonly string[]) => {
  const keep = args.includes('--keep');
  const stopping = untilStopped();
  const platform = await step('Starting PostgreSQL, Kafka and the services', () =>
    startPlatform({ dataFolder, keep, preferredPorts: PREFERRED_PORTS }),
  );
  try {
    if (!keep || !(await hasProvince(platform))) await Promise.race([stopping, showOrder(platform)]);
    console.log(welcome(platform));
    await stopping;
  } finally {
    console.log('\nstopping …');
    await platform.stop();
  }
};

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error) => {
    printProblem(error);
    process.exit(1);
  },
);
