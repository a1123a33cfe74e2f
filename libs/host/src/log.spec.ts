import { createLog } from './log';

const lines = (write: (log: ReturnType<typeof createLog>) => void): Record<string, unknown>[] => {
  const written: string[] = [];
  write(createLog('exam', 'info', { write: (line: string) => void written.push(line) }));
  return written.map((line) => JSON.parse(line) as Record<string, unknown>);
};

describe('log', () => {
  it('hides fields that name a person, at any depth', () => {
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
  ])('masks an ID number inside a %s', (_, write) => {
    const text = JSON.stringify(lines(write));
    expect(text).toContain('2101**************');
    expect(text.toUpperCase()).not.toContain('21010219900307001X');
  });

  it('stays JSON with a number as long as an ID, and leaves certificate numbers alone', () => {
    const [line] = lines((log) => log.info({ count: 210102199003070018n, big: 2.10102199e17, number: 'S000021010003261000001' }, 'm'));
    expect(line).toMatchObject({ count: '2101**************', number: 'S000021010003261000001' });
  });

  it('keeps type, message, stack and own fields of an error', () => {
    const [line] = lines((log) => log.error({ err: Object.assign(new TypeError('broken'), { code: 'P1' }) }, 'm'));
    expect(line).toMatchObject({ err: { type: 'TypeError', message: 'broken', code: 'P1' } });
    expect(String((line?.['err'] as { stack: string }).stack)).toContain('log.spec.ts');
  });
});
