// The platform on a real cluster.
//   npm run cluster -- images        builds the images, makes the secrets, and hands the images to the nodes (CLUSTER_LOAD)
//   npm run cluster                  images, apply, sample province, an order, and an order while pods are deleted
// --json prints one line of figures at the end, --overlay names the overlay, --as-is leaves images and secrets as they are.
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { printProblem } from '../launch/problem.mjs';
import { buildImages, loadImages } from './images.mts';
import { applyUntilReady, carryOutOrder, loadProvince, orderWhilePodsGo } from './journey.mts';
import { needCluster, run } from './kubectl.mts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const log = (line: string) => void process.stderr.write(`${line}\n`);

const makeImages = async () => {
  await buildImages(log);
  await run(process.execPath, [`${root}dist/tools/manifests/main.js`, 'secrets']);
  await loadImages(log);
};

const main = async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      overlay: { type: 'string', default: 'plain' },
      'as-is': { type: 'boolean', default: false },
    },
  });
  if (positionals[0] === 'images') return makeImages();
  await needCluster();
  if (!values['as-is']) await makeImages();
  const applyToReadyS = await applyUntilReady(values.overlay, log);
  log(`everything is ready after ${applyToReadyS} s`);
  await loadProvince(log);
  const { completedMs, residual } = await carryOutOrder(log);
  log(`the order was completed after ${completedMs} ms, residual ${residual}`);
  const figures = { applyToReadyS, orderCompletedMs: completedMs, residual, ...(await orderWhilePodsGo(log)) };
  if (values.json) console.log(JSON.stringify(figures));
  else log(JSON.stringify(figures, null, 2));
};

main().catch((error: unknown) => {
  printProblem(error);
  process.exitCode = 1;
});
