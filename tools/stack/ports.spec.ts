// Ports for platforms that start at the same time, in several processes.
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const MODULE = pathToFileURL(join(__dirname, 'ports.mts')).href;
/** Out of the 28,000 ports that Linux assigns. Without marks, about twenty of them are assigned twice. */
const MANY = 500;

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'ports-'))));
afterAll(() => rmSync(folder, { recursive: true }));

const portsOf = async (count: number): Promise<number[]> => {
  const code = `import { freePorts } from '${MODULE}'; console.log(JSON.stringify(await freePorts(${count})))`;
  const env = { ...process.env, TMPDIR: folder };
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code], { env });
  return JSON.parse(stdout) as number[];
};

it('gives no port to two processes that ask one after the other and hold no port', async () => {
  const all = [...(await portsOf(MANY)), ...(await portsOf(MANY))];
  expect(all).toHaveLength(2 * MANY);
  expect(new Set(all).size).toBe(2 * MANY);
});
