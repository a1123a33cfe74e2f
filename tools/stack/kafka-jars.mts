// Kafka's jars by the lock file beside this one: taken from the machine's Maven repository if present, else downloaded in
// parallel. Each jar is checked against its SHA-256 before every use.
import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { cachePath } from '../launch/cache.mjs';
import { SetupProblem } from '../launch/problem.mjs';

const LOCK = new URL('kafka.lock.json', import.meta.url);
const MAVEN_CENTRAL = 'https://repo.maven.apache.org/maven2';
const AT_ONCE = 8;
const DOWNLOAD_LIMIT_MS = 120_000;

interface Jar {
  readonly path: string;
  readonly sha256: string;
}

const sha256Of = async (file: string) => {
  try {
    return createHash('sha256')
      .update(await readFile(file))
      .digest('hex');
  } catch {
    return undefined;
  }
};

/** The mirror of Maven Central in the user's Maven settings, if any. */
const mavenMirror = async () => {
  const settings = await readFile(join(homedir(), '.m2', 'settings.xml'), 'utf8').catch(() => '');
  for (const [, mirror = ''] of settings.replace(/<!--.*?-->/gs, '').matchAll(/<mirror>(.*?)<\/mirror>/gs)) {
    const of = /<mirrorOf>(.*?)<\/mirrorOf>/s.exec(mirror)?.[1]?.trim() ?? '';
    const url = /<url>(.*?)<\/url>/s.exec(mirror)?.[1]?.trim();
    if (url && /(^|,)(\*|central|external:\*)(,|$)/.test(of)) return url;
  }
  return undefined;
};

/** Node's own client is tried first; curl uses proxies and certificates of the machine that Node may not know. */
const download = async (url: string) => {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(DOWNLOAD_LIMIT_MS) });
    if (answer.ok) return Buffer.from(await answer.arrayBuffer());
    throw new Error(`HTTP ${answer.status}`);
  } catch (failure) {
    const error = failure as Error;
    const options = { encoding: 'buffer' as const, maxBuffer: 64 * 2 ** 20, timeout: DOWNLOAD_LIMIT_MS };
    const curl = await promisify(execFile)('curl', ['-fsSL', url], options).catch(() => undefined);
    if (curl) return curl.stdout;
    throw new SetupProblem(
      {
        what: `${url} could not be fetched (${error.cause instanceof Error ? error.cause.message : error.message}).`,
        why: 'Apache Kafka, when it is neither given by KAFKA_BROKERS nor run by Docker',
        mend: 'check the network and https_proxy, or name a Maven mirror: HENGJI_MAVEN_REPOSITORY=https://…',
      },
      error,
    );
  }
};

const place = async (jar: Jar, folder: string, repository: string) => {
  const target = join(folder, basename(jar.path));
  if ((await sha256Of(target)) === jar.sha256) return false;
  const part = `${target}.${randomBytes(4).toString('hex')}`;
  const local = join(homedir(), '.m2', 'repository', jar.path);
  const fetched = (await sha256Of(local)) !== jar.sha256;
  await (fetched ? writeFile(part, await download(`${repository}/${jar.path}`)) : copyFile(local, part));
  const found = await sha256Of(part);
  if (found !== jar.sha256) {
    await rm(part, { force: true });
    throw new Error(`${jar.path} from ${repository} has SHA-256 ${found}, not ${jar.sha256} as in kafka.lock.json`);
  }
  await rename(part, target);
  return fetched;
};

/**
 * @param log receives a line about a download
 * @returns a folder with every jar of the lock file
 */
export const kafkaJars = async (log: (line: string) => void): Promise<{ folder: string; version: string }> => {
  const { version, jars } = JSON.parse(await readFile(LOCK, 'utf8')) as { version: string; jars: Jar[] };
  const folder = cachePath(`kafka-${version}`);
  await mkdir(folder, { recursive: true });
  const repository = (process.env['HENGJI_MAVEN_REPOSITORY'] ?? (await mavenMirror()) ?? MAVEN_CENTRAL).replace(/\/+$/, '');
  const began = Date.now();
  const waiting = [...jars];
  let fetched = 0;
  const worker = async () => {
    for (let jar = waiting.shift(); jar; jar = waiting.shift()) if (await place(jar, folder, repository)) fetched += 1;
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  if (fetched > 0)
    log(`fetched Apache Kafka ${version} (${fetched} jars) from ${repository} in ${((Date.now() - began) / 1000).toFixed(1)} s`);
  return { folder, version };
};
