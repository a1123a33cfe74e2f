// docs/DEADLINES.md names for each limit where it starts, or to what the missing start belongs. Compared with the registry and the code.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REGISTRY } from '../src/domain/deadlines/registry';

const root = join(__dirname, '../../..');
const source = join(root, 'apps/enforcement/src');
const document = readFileSync(join(root, 'docs/DEADLINES.md'), 'utf8');

const section = /## Which limit starts where\n([^]*?)\n## /.exec(document)?.[1] ?? '';
const rows = section
  .split('\n')
  .filter((line) => line.startsWith('| ') && /`D-/.test(line))
  .map((line) => line.split('|'));
const codesIn = (text = ''): string[] => [...text.matchAll(/`(D-[A-Z-]+)`/g)].map(([, code = '']) => code);
const fileOf = (cell = ''): string | undefined => /`([\w/-]+\.ts)`/.exec(cell)?.[1];

const starting = rows.flatMap(([, codes, where]) =>
  codesIn(codes).flatMap((code) => (fileOf(where) ? [[code, fileOf(where) ?? ''] as const] : [])),
);
const waiting = rows.flatMap(([, codes, where]) => (fileOf(where) ? [] : codesIn(codes)));

/** All sources but the registry itself. */
const code = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts') && !/generated|domain.deadlines/.test(path))
  .map((path) => readFileSync(join(source, path), 'utf8'))
  .join('\n');

it('names each limit of the registry once', () => {
  expect([...starting.map(([one]) => one), ...waiting].sort()).toEqual(Object.keys(REGISTRY).sort());
});

it.each(starting)('%s starts in %s', (limit, path) => expect(readFileSync(join(source, path), 'utf8')).toContain(`'${limit}'`));

it.each(waiting)('%s starts nowhere', (limit) => expect(code).not.toContain(`'${limit}'`));
