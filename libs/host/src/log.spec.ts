import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { healthServer, startAll } from './index';
import { createLog } from './log';
import { linesInto } from './log-lines';
import { metrics } from './metrics';

const lines = (write: (log: ReturnType<typeof createLog>) => void): Record<string, unknown>[] => {
  const written: string[] = [];
  write(createLog('exam', 'info', { write: (line: string) => void written.push(line) }));
  return written.map((line) => JSON.parse(line) as Record<string, unknown>);
};

describe('log', () => {
  it('hides fields that identify a person, at any depth', () => {
    const [line] = lines((log) =>
      log.info(
        {
          result: { candidate: { name: '王某' }, id: 'r1' },
          holders: [{ holder: 'x', idNumber: 'y', id_number: 'z' }],
          headers: { Authorization: 'Bearer q', cookie: 'c' },
        },
        'm',
      ),
    );
    expect(line).toMatchObject({ service: 'exam', level: 'info', msg: 'm', result: { id: 'r1' } });
    expect(JSON.stringify(line)).not.toMatch(/王某|Bearer|"x"|"y"|"z"|"c"/);
  });

  it.each([
    ['message', (log: ReturnType<typeof createLog>) => log.info('sat: 21010219900307001X.')],
    ['field', (log: ReturnType<typeof createLog>) => log.info({ detail: 'a 21010219900307001x b' }, 'm')],
    [
      'error with a cause',
      (log: ReturnType<typeof createLog>) =>
        log.error({ err: new Error('outer', { cause: new Error('key (21010219900307001X) exists') }) }, 'm'),
    ],
    ['child binding', (log: ReturnType<typeof createLog>) => log.child({ key: '21010219900307001X' }).info('m')],
    ['line after another', (log: ReturnType<typeof createLog>) => log.info('rows:\n21010219900307001X\tnone')],
    ['mistyped number', (log: ReturnType<typeof createLog>) => log.info('21010219901307001X, 21010219900307001X')],
  ])('masks an ID number inside a %s', (_, write) => {
    const text = JSON.stringify(lines(write));
    expect(text).toContain('2101**************');
    expect(text.toUpperCase()).not.toContain('21010219900307001X');
  });

  it('stays JSON with a number as long as an ID, and does not mask certificate numbers', () => {
    const [line] = lines((log) => log.info({ count: 210102199003070018n, big: 2.10102199e17, number: 'S000021010003261000001' }, 'm'));
    expect(line).toMatchObject({ count: '2101**************', number: 'S000021010003261000001' });
  });

  it.each(['912104001234567881', '914403001922038216', '122100004634001232'])('keeps %s, the code of an institution', (uscc) => {
    const [line] = lines((log) => log.info({ uscc }, `institution ${uscc}`));
    expect(line).toMatchObject({ uscc, msg: `institution ${uscc}` });
  });

  it('keeps type, message, stack and own fields of an error', () => {
    const [line] = lines((log) => log.error({ err: Object.assign(new TypeError('broken'), { code: 'P1' }) }, 'm'));
    expect(line).toMatchObject({ err: { type: 'TypeError', message: 'broken', code: 'P1' } });
    expect(String((line?.['err'] as { stack: string }).stack)).toContain('log.spec.ts');
  });
});

const lostLines = async (code: string): Promise<number> => {
  const { values } = await metrics.counter('hengji_log_lost_total', '', ['service', 'code']).get();
  return values.filter(({ labels }) => labels.code === code).reduce((sum, { value }) => sum + value, 0);
};

const failing = (code: string) => ({
  write: () => {
    throw Object.assign(new Error('not written'), { code });
  },
});

/** Writes two lines in a process of its own and reports the result on its standard error. */
const PROGRAM = `
  import { linesInto, surviving } from ${JSON.stringify(join(__dirname, 'log-lines.ts'))};
  import { writeSync } from 'node:fs';
  const lost = [];
  const lines = surviving(linesInto(1), (code) => lost.push(code));
  process.stdin.once('data', () => {
    lines.write('one\\n');
    lines.write('two\\n');
    writeSync(2, JSON.stringify(lost));
    process.exit(0);
  });
`;

const inProcess = async (stdout: 'pipe' | number): Promise<{ code: number | null; said: string }> => {
  const child = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', PROGRAM], { stdio: ['pipe', stdout, 'pipe'] });
  child.stdout?.destroy();
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
  child.stdin?.write('go');
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said };
};

describe('a log that cannot be written', () => {
  it.each(['ENOSPC', 'EIO', 'EPIPE', 'EBADF'])('is counted and ends nothing: %s', async (code) => {
    const before = await lostLines(code);
    const log = createLog('exam', 'info', failing(code));
    log.info('one');
    log.child({ key: 'k' }).fatal({ err: new Error('two') }, 'two');
    expect((await lostLines(code)) - before).toBe(2);
  });

  it('is shown by /metrics, and the process stays ready', async () => {
    const log = createLog('exam', 'info', linesInto(openSync('/dev/full', 'w')));
    const health = healthServer({ service: 'exam', host: '127.0.0.1', port: 0, log });
    const stop = await startAll([health]);
    const get = (path: string) => fetch(`http://127.0.0.1:${health.port()}${path}`);
    log.error('lost');
    expect((await get('/readyz')).status).toBe(200);
    expect(await (await get('/metrics')).text()).toMatch(/hengji_log_lost_total\{service="exam",code="ENOSPC"\} [1-9]/);
    await stop();
  });

  it.each([
    ['a full disk', 'ENOSPC', (): number | 'pipe' => openSync('/dev/full', 'w')],
    ['a pipe that nobody reads any more', 'EPIPE', (): number | 'pipe' => 'pipe'],
    ['a descriptor that is only read', 'EBADF', (): number | 'pipe' => openSync('/dev/null', 'r')],
  ])('is survived by a real process: %s', async (_, code, open) => {
    expect(await inProcess(open())).toEqual({ code: 0, said: JSON.stringify([code, code]) });
  });
});
