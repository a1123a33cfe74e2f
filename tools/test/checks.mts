// What needs nothing running, as commands: what a target of nx does for one project, or for all projects at once. The compiler and
// the linter load every type before they look at the first file: for all at once they do so once (docs/TESTING.md has the figures).
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Check {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** How to look at it again. */
  readonly mend: string;
}

export const root = fileURLToPath(new URL('../..', import.meta.url));

const bin = (program: string) => join(root, 'node_modules', '.bin', program);

/** By npx for the reader. */
const checkOf = (name: string, program: string, ...args: readonly string[]): Check => ({
  ...{ name, args, command: bin(program) },
  mend: `npx ${[program, ...args].join(' ')}`,
});

const ours = (name: string, program: string, ...args: readonly string[]): Check => ({
  ...{ name, command: process.execPath, args: [join(root, program), ...args] },
  mend: `node ${[program, ...args].join(' ')}`,
});

/** Targets of nx by name; `folder` is the project's. Each check counts as one test. */
export const CHECKS: Readonly<Record<string, (folder: string) => readonly Check[]>> = {
  types: (folder) =>
    existsSync(join(root, folder, 'tsconfig.json'))
      ? [checkOf(`types of ${folder}`, 'tsc', '-p', `${folder}/tsconfig.json`)]
      : [ours(`types of ${folder}`, 'tools/test/types.mts', folder)],
  lint: (folder) => [
    checkOf(`lint and borders of ${folder}`, 'eslint', folder, '--max-warnings=0'),
    checkOf(`format of ${folder}`, 'prettier', '--check', folder, '--log-level=warn'),
  ],
  'all-types': () => [
    checkOf('types', 'tsc', '-p', 'tsconfig.json'),
    ...(existsSync(join(root, 'apps/console/tsconfig.json'))
      ? [checkOf('types of the console', 'tsc', '-p', 'apps/console/tsconfig.json')]
      : []),
  ],
  'all-lint': () => [checkOf('lint and borders', 'eslint', '.', '--max-warnings=0')],
  'all-format': () => [checkOf('format', 'prettier', '--check', '.', '--log-level=warn')],
  unused: () => [
    checkOf('nothing unused, no import cycle', 'knip', '--config', 'tools/tidy/knip.jsonc', '--no-progress', '--no-config-hints'),
  ],
  contracts: () => [checkOf('contracts', 'buf', 'lint')],
};

/** Looks at the history of the repository, or takes less time than nx would: not cached. */
export const UNCACHED: readonly Check[] = [
  ours('contracts break nothing that was released', 'tools/test/released-contract.mts'),
  ours('migrations follow their schemas', 'tools/migrate/migrate.mts', 'status'),
];

const nx = (name: string, target: string): Check => checkOf(name, 'nx', 'run', `hengji:${target}`, '--outputStyle=static');

/** Makes what the rest read. */
export const GENERATE: Check = { ...nx('generated code', 'generate'), mend: 'npm run generate' };
/** Makes what journeys run. */
export const BUILD: Check = nx('build', 'build');
