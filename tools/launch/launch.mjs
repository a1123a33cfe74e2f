// The launcher of every `npm start`, `npm test` and `npm run …`: prepares a fresh clone and then runs the command. The
// launcher has no dependencies and runs on Node 18, because a fresh clone has no node_modules and the machine may have an
// old Node.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInForeground, runQuietly } from './child.mjs';
import { installPackages } from './install.mjs';
import { fetchNode, isNewEnough, withNode } from './node24.mjs';
import { printProblem, SetupProblem } from './problem.mjs';
import { step } from './step.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The preparation and the program of each command. `test` runs `generate` itself, as its first counted step. */
const COMMANDS = {
  start: { prepare: 'build', program: 'tools/start/start.mts', args: [] },
  demo: { prepare: 'build', program: 'tools/start/demo.mts', args: [] },
  bench: { prepare: 'build', program: 'dist/tools/bench/main.js', args: [] },
  keys: { prepare: 'build', program: 'dist/tools/keys/main.js', args: [] },
  manifests: { prepare: 'build', program: 'dist/tools/manifests/main.js', args: [] },
  cluster: { prepare: 'build', program: 'tools/cluster/cluster.mts', args: [] },
  acts: { prepare: 'build', program: 'dist/tools/acts/main.js', args: [] },
  stack: { prepare: undefined, program: 'tools/start/stack.mts', args: [] },
  generate: { prepare: 'generate', program: undefined, args: [] },
  check: { prepare: undefined, program: 'tools/test/test.mts', args: ['--static'] },
  test: { prepare: undefined, program: 'tools/test/test.mts', args: [] },
};

/** Proxies and certificates that other programs on the machine use; Node uses them only with these settings. */
const networkSettings = () => {
  const { HTTPS_PROXY, https_proxy, HTTP_PROXY, http_proxy } = process.env;
  return { NODE_USE_SYSTEM_CA: '1', ...((HTTPS_PROXY || https_proxy || HTTP_PROXY || http_proxy) && { NODE_USE_ENV_PROXY: '1' }) };
};

const PREPARING = { generate: 'Generating code from proto/ and the database schemas', build: 'Generating code and building' };

const prepare = async (target, env) => {
  if (target === undefined) return;
  const nx = join(root, 'node_modules', '.bin', 'nx');
  try {
    await step(PREPARING[target], () => runQuietly(nx, ['run', `hengji:${target}`, '--outputStyle=static'], { cwd: root, env }));
  } catch (error) {
    throw new SetupProblem(
      {
        what: `${(error.output ?? error.message).trim()}\nThe ${target} step failed.`,
        why: 'everything that runs is made from it',
        mend: `mend the errors above, then look again with: npx nx run hengji:${target}`,
      },
      error,
    );
  }
};

const main = async ([name, ...rest]) => {
  const command = COMMANDS[name];
  if (command === undefined)
    throw new SetupProblem({
      what: `There is no command '${name ?? ''}'.`,
      why: 'knowing what to do',
      mend: `use one of ${Object.keys(COMMANDS).join(', ')}`,
    });
  if (!isNewEnough()) {
    const node = await fetchNode();
    process.stderr.write(`This machine has Node ${process.versions.node}; going on with Node 24 from ${node}\n`);
    return runInForeground(node, [fileURLToPath(import.meta.url), name, ...rest], { env: withNode(node) });
  }
  await installPackages(root);
  const env = { ...withNode(process.execPath), ...networkSettings(), NX_DAEMON: 'false', NX_TUI: 'false' };
  await prepare(command.prepare, env);
  if (command.program === undefined) return 0;
  if (!existsSync(join(root, command.program))) throw new Error(`${command.program} does not exist`);
  return runInForeground(process.execPath, [join(root, command.program), ...command.args, ...rest], { cwd: root, env });
};

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    printProblem(error);
    process.exitCode = 1;
  },
);
