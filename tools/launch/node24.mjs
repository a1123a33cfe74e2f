// Node 24 for a machine with an older Node. The launcher takes it from the npm registry, where one package holds the plain
// binary without an install script. The binary is stored in the shared cache. The machine's own Node does not change.
import { existsSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { cachePath } from './cache.mjs';
import { runQuietly } from './child.mjs';
import { SetupProblem } from './problem.mjs';
import { step } from './step.mjs';

const OLDEST = [22, 22];
const VERSION = '24.21.0';

/** @param {string} [version] @returns {boolean} whether this Node can run the project */
export const isNewEnough = (version = process.versions.node) => {
  const [major, minor] = version.split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
};

/**
 * The environment in which `node` is that binary, for the program itself and for every process that it starts.
 * @param {string} node
 */
export const withNode = (node) => ({ ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH}` });

/** The npm of the running command, if there is one, so that the same npm is used whatever PATH contains. */
export const npmCommand = () => {
  const { npm_execpath: script } = process.env;
  return script && script.endsWith('.js') ? [process.execPath, script] : [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
};

/** @returns {Promise<string>} path of a Node 24, downloaded if the cache has none */
export const fetchNode = async () => {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const folder = cachePath('node-24');
  const node = `${folder}/node_modules/${name}/bin/node${process.platform === 'win32' ? '.exe' : ''}`;
  if (existsSync(node)) return node;
  const [npm, ...first] = npmCommand();
  const args = [...first, 'install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', `${name}@${VERSION}`];
  try {
    await step(`Fetching Node ${VERSION} into ${folder}`, () => runQuietly(npm, args));
  } catch (error) {
    throw new SetupProblem(
      {
        what: `Node ${VERSION} could not be fetched from the npm registry:\n${error.output ?? error.message}`,
        why: `Hengji runs on Node ${OLDEST.join('.')} or newer, and this is ${process.versions.node}`,
        mend: 'install Node 24 (https://nodejs.org), or check the network and the registry that npm uses (npm config get registry)',
      },
      error,
    );
  }
  return node;
};
