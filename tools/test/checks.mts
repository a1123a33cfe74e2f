// The checks that need nothing running, in the order in which their failure explains the next one's. Each counts as one test.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export interface Check {
  readonly name: string;
  readonly command: string;
  readonly args: string[];
  /** How to look at it again. */
  readonly mend: string;
}

const node = process.execPath;

/**
 * @param root of the project
 * @returns `first` makes what the rest read; `build` makes what journeys run
 */
export const checksOf = (root: string): { first: Check; rest: Check[]; build: Check } => {
  const bin = (name: string) => join(root, 'node_modules', '.bin', name);
  const nx = (target: string) => ({ command: bin('nx'), args: ['run', `hengji:${target}`, '--outputStyle=static'] });
  const hasConsole = existsSync(join(root, 'apps', 'console', 'tsconfig.json'));
  const consoleTypes = {
    name: 'types of the console',
    command: bin('tsc'),
    args: ['-p', 'apps/console/tsconfig.json'],
    mend: 'npx tsc -p apps/console/tsconfig.json',
  };
  return {
    first: { name: 'generated code', ...nx('generate'), mend: 'npm run generate' },
    rest: [
      { name: 'types', command: bin('tsc'), args: ['-p', 'tsconfig.json'], mend: 'npx tsc -p tsconfig.json' },
      ...(hasConsole ? [consoleTypes] : []),
      { name: 'lint and borders', command: bin('eslint'), args: ['.', '--max-warnings=0'], mend: 'npx eslint . --fix' },
      {
        name: 'nothing unused, no import cycle',
        command: bin('knip'),
        args: ['--config', 'tools/tidy/knip.jsonc', '--no-progress', '--no-config-hints'],
        mend: 'npx knip --config tools/tidy/knip.jsonc',
      },
      { name: 'format', command: bin('prettier'), args: ['--check', '.', '--log-level=warn'], mend: 'npx prettier --write .' },
      { name: 'contracts', command: bin('buf'), args: ['lint'], mend: 'npx buf lint' },
      {
        name: 'contracts break nothing that was released',
        command: node,
        args: [join(root, 'tools', 'test', 'released-contract.mts')],
        mend: 'node tools/test/released-contract.mts',
      },
      {
        name: 'migrations follow their schemas',
        command: node,
        args: [join(root, 'tools', 'migrate', 'migrate.mts'), 'status'],
        mend: 'node tools/migrate/migrate.mts create <app> <name>',
      },
    ],
    build: { name: 'build', ...nx('build'), mend: 'npx nx run hengji:build' },
  };
};
