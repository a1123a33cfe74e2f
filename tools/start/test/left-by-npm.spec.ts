// A SIGTERM to npm alone ends the shell between npm and the launcher. The program must be stopped all the same.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const child = pathToFileURL(join(__dirname, '..', '..', 'launch', 'child.mjs')).href;
const PROGRAM = `
  process.on('SIGTERM', () => { console.log('stopped'); process.exit(0); });
  setInterval(() => undefined, 1000);
  console.log('up');
`;
const LAUNCHER = `
  const { runInForeground } = await import(${JSON.stringify(child)});
  await runInForeground(process.execPath, ['--input-type=module', '-e', ${JSON.stringify(PROGRAM)}]);
`;

it('stops the program when npm has ended', async () => {
  // The second command prevents the shell from replacing itself with the launcher.
  const shell = spawn('sh', ['-c', '"$0" --input-type=module -e "$1"; exit', process.execPath, LAUNCHER], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, npm_lifecycle_event: 'start' },
  });
  let said = '';
  shell.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  await once(shell.stdout, 'data');
  shell.kill('SIGTERM');
  // The pipe closes when the last program that has it open ends.
  await once(shell.stdout, 'end');
  expect(said).toBe('up\nstopped\n');
});
