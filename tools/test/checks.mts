// The checks that need no running server, as commands: the work of an nx target for one project, or for all projects at
// once. The compiler and the linter load every type before the first file. One run for all projects therefore loads the
// types only once (docs/TESTING.md has the figures).
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Check {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** The command that repeats the check. */
  readonly mend: string;
}

export const root = fileURLToPath(new URL('../..', import.meta.url));

const bin = (program: string) => join(root, 'node_modules', '.bin', program);

/** The reader sees an npx command; the check itself runs the program in node_modules. */
const checkOf = (name: string, program: string, ...args: readonly string[]): Check => ({
  ...{ name, args, command: bin(program) },
  mend: `npx ${[program, ...args].join(' ')}`,
});

const ours = (name: string, program: string, ...args: readonly string[]): Check => ({
  ...{ name, command: process.execPath, args: [join(root, program), ...args] },
  mend: `node ${[program, ...args].join(' ')}`,
});

/** Targets of nx by name; `folder` is the project's folder. Each check counts as one test. */
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

/** Not cached, because these checks examine the history of the repository or take less time than nx would. */
export const UNCACHED: readonly Check[] = [
  ours('contracts break nothing that was released', 'tools/test/released-contract.mts'),
  ours('migrations follow their schemas', 'tools/migrate/migrate.mts', 'status'),
];

const nx = (name: string, target: string): Check => checkOf(name, 'nx', 'run', `hengji:${target}`, '--outputStyle=static');

/** Generates the files that the other checks read. */
export const GENERATE: Check = { ...nx('generated code', 'generate'), mend: 'npm run generate' };
/** Builds the programs that the journeys run. */
export const BUILD: Check = nx('build', 'build');
