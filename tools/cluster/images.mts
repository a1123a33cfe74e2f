// The images of one version: built from one Dockerfile, and handed to the nodes by a command of the installation, because a small cluster
// has no registry. CLUSTER_LOAD is that command, to which the names of the images are added: CLUSTER_LOAD='kind load docker-image'.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SERVICES } from '../start/services.mts';
import { needDocker, run } from './kubectl.mts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const DOCKERFILE = 'infra/images/Dockerfile';
const PREPARE = 'prepare';

/** Of the overlay without operators; both are the public images. */
const SERVERS = ['postgres:18-bookworm', 'apache/kafka:4.3.1'];

export const version = (): string => (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;

const imageOf = (name: string): string => `hengji/${name}:${version()}`;

const commit = () =>
  run('git', ['-C', root, 'rev-parse', '--short=12', 'HEAD']).then(
    (text) => text.trim(),
    () => 'unknown',
  );

const build = async (name: string, options: readonly string[]) => {
  await run('docker', ['build', '--file', join(root, DOCKERFILE), ...options, '--tag', imageOf(name), root]);
};

/** Builds them all, one after another: they share all layers but the last. */
export const buildImages = async (log: (line: string) => void) => {
  await needDocker();
  const hash = await commit();
  log(`building ${imageOf(PREPARE)}`);
  await build(PREPARE, ['--target', PREPARE]);
  for (const { name } of SERVICES) {
    log(`building ${imageOf(name)}`);
    await build(name, ['--build-arg', `APP=${name}`, '--build-arg', `VERSION=${version()}`, '--build-arg', `COMMIT=${hash}`]);
  }
};

/** Without CLUSTER_LOAD the nodes get the images by themselves, from a registry. */
export const loadImages = async (log: (line: string) => void) => {
  const [command, ...args] = (process.env['CLUSTER_LOAD'] ?? '').split(' ').filter(Boolean);
  if (command === undefined) return log('CLUSTER_LOAD is not set: the nodes must get the images by themselves');
  const images = [...SERVERS, ...[PREPARE, ...SERVICES.map(({ name }) => name)].map(imageOf)];
  log(`loading ${images.join(' ')}`);
  await run(command, [...args, ...images]);
};
