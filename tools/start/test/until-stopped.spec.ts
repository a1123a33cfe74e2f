// One Ctrl-C may reach a program as several signals and counts once: the program stops what it started before it ends.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const waits = pathToFileURL(join(__dirname, '..', 'until-stopped.mts')).href;
const PROGRAM = `
  const { untilStopped } = await import(${JSON.stringify(waits)});
  const stopping = untilStopped();
  console.log('up');
  await stopping;
  setImmediate(() => { console.log('stopped'); process.exit(0); });
`;

it('treats the repeated signals of one Ctrl-C as one', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  await once(child.stdout, 'data');
  child.kill('SIGINT');
  child.kill('SIGTERM');
  const [code] = (await once(child, 'close')) as [number | null];
  expect({ code, said }).toEqual({ code: 0, said: 'up\nstopped\n' });
});
