import { ESLint } from 'eslint';
import { join } from 'node:path';
import tseslint from 'typescript-eslint';

// One wrong line per border, linted as if it were in that file. The file need not exist, so rules that need types are off.
// Each border must have a test that shows its rule failing.
const root = join(__dirname, '../../..');

const WRONG: readonly [border: string, file: string, code: string, rule: string][] = [
  [
    'domain does not know adapters',
    'apps/exam/src/domain/plan.ts',
    "import { a } from '../adapters/store/a';\nexport const b = a;\n",
    'no-restricted-imports',
  ],
  [
    'domain does not know the application',
    'apps/exam/src/domain/plan.ts',
    "import { a } from '../application/a';\nexport const b = a;\n",
    'no-restricted-imports',
  ],
  [
    'domain does not know the contracts',
    'apps/exam/src/domain/plan.ts',
    "import { TOPICS } from '@hengji/contracts';\nexport const b = TOPICS;\n",
    'no-restricted-imports',
  ],
  [
    'domain does not know messaging',
    'apps/exam/src/domain/plan.ts',
    "import { publish } from '@hengji/messaging';\nexport const b = publish;\n",
    'no-restricted-imports',
  ],
  [
    'domain does not know what runs procedures',
    'apps/exam/src/domain/plan.ts',
    "import { takeStep } from '@hengji/procedure';\nexport const b = takeStep;\n",
    'no-restricted-imports',
  ],
  [
    'tables of procedures know no database',
    'libs/procedure/src/tables/plan.ts',
    "import { publish } from '@hengji/messaging';\nexport const b = publish;\n",
    'no-restricted-imports',
  ],
  [
    'domain does not know the platform',
    'apps/exam/src/domain/plan.ts',
    "import { hash } from 'node:crypto';\nexport const b = hash;\n",
    'no-restricted-imports',
  ],
  ['domain is not async', 'apps/exam/src/domain/plan.ts', 'export const b = async () => 1;\n', 'no-restricted-syntax'],
  ['domain has no clock', 'apps/exam/src/domain/plan.ts', 'export const b = () => Date.now();\n', 'no-restricted-syntax'],
  ['domain has no clock of another kind', 'apps/exam/src/domain/plan.ts', 'export const b = () => new Date();\n', 'no-restricted-syntax'],
  ['domain has no chance', 'apps/exam/src/domain/plan.ts', 'export const b = () => Math.random();\n', 'no-restricted-syntax'],
  [
    'application does not know adapters',
    'apps/exam/src/application/plan.ts',
    "import { a } from '../adapters/store/a';\nexport const b = a;\n",
    'no-restricted-imports',
  ],
  [
    'application does not know Prisma',
    'apps/exam/src/application/plan.ts',
    "import { a } from '../generated/client';\nexport const b = a;\n",
    'no-restricted-imports',
  ],
  [
    'application does not know HTTP',
    'apps/exam/src/application/plan.ts',
    "import express from 'express';\nexport const b = express;\n",
    'no-restricted-imports',
  ],
  [
    'only messaging knows kafkajs',
    'apps/exam/src/adapters/kafka/plan.ts',
    "import { Kafka } from 'kafkajs';\nexport const b = Kafka;\n",
    'no-restricted-imports',
  ],
  [
    'what is done once per request has its act',
    'apps/exam/src/adapters/grpc/plan.ts',
    "import { once } from '@hengji/messaging';\nexport const b = once;\n",
    'no-restricted-imports',
  ],
  [
    'services do not import testing',
    'apps/exam/src/adapters/store/plan.ts',
    "import { until } from '@hengji/testing';\nexport const b = until;\n",
    'no-restricted-imports',
  ],
  [
    'services never see each other',
    'apps/exam/src/adapters/store/plan.ts',
    "import { compose } from '../../../../certificate/src/compose';\nexport const b = compose;\n",
    '@nx/enforce-module-boundaries',
  ],
  [
    'platform never sees a service',
    'libs/host/src/run.ts',
    "import { compose } from '../../../apps/exam/src/compose';\nexport const b = compose;\n",
    '@nx/enforce-module-boundaries',
  ],
  [
    'contracts depends on nothing',
    'libs/contracts/src/topics.ts',
    "import { run } from '@hengji/host';\nexport const b = run;\n",
    '@nx/enforce-module-boundaries',
  ],
  [
    'kit depends on no lib',
    'libs/domain-kit/src/clock.ts',
    "import { run } from '@hengji/host';\nexport const b = run;\n",
    '@nx/enforce-module-boundaries',
  ],
  [
    'kit has no packages',
    'libs/domain-kit/src/clock.ts',
    "import { z } from 'zod';\nexport const b = z;\n",
    '@nx/enforce-module-boundaries',
  ],
  [
    'console knows no server',
    'apps/console/src/main.tsx',
    "import { run } from '@hengji/host';\nexport const b = run;\n",
    '@nx/enforce-module-boundaries',
  ],
  [
    'console has no server packages',
    'apps/console/src/main.tsx',
    "import express from 'express';\nexport const b = express;\n",
    '@nx/enforce-module-boundaries',
  ],
  [
    'e2e sees no service',
    'apps/e2e/src/order.e2e.spec.ts',
    "import { compose } from '../../exam/src/compose';\nexport const b = compose;\n",
    '@nx/enforce-module-boundaries',
  ],
  [
    'tools see no service',
    'tools/province/src/load.ts',
    "import { compose } from '../../../apps/exam/src/compose';\nexport const b = compose;\n",
    '@nx/enforce-module-boundaries',
  ],
  [
    'functions fit a screen',
    'apps/exam/src/domain/plan.ts',
    `export const b = () => {\n${'  b();\n'.repeat(71)}};\n`,
    'max-lines-per-function',
  ],
  [
    'more than four parameters are one object',
    'apps/exam/src/domain/plan.ts',
    'export const b = (a: 1, c: 1, d: 1, e: 1, f: 1) => [a, c, d, e, f];\n',
    'max-params',
  ],
  ['no default exports', 'apps/exam/src/domain/plan.ts', 'export default 1;\n', 'no-restricted-exports'],
  ['no any', 'apps/exam/src/domain/plan.ts', 'export const b = (a: any) => a;\n', '@typescript-eslint/no-explicit-any'],
  [
    'SQL is a template',
    'apps/exam/src/adapters/store/plan.ts',
    'export const b = (tx: { $queryRawUnsafe(sql: string): unknown }) => tx.$queryRawUnsafe(`SELECT 1`);\n',
    'no-restricted-properties',
  ],
  ['no console', 'apps/exam/src/adapters/store/plan.ts', "console.log('x');\n", 'no-console'],
];

describe('each border rule fails on its wrong line', () => {
  const eslint = new ESLint({ cwd: root, overrideConfig: { files: ['**/*.{ts,tsx}'], ...tseslint.configs.disableTypeChecked } });

  it.each(WRONG)('%s', async (_border, file, code, rule) => {
    const [result] = await eslint.lintText(code, { filePath: join(root, file) });
    expect(result?.messages.map((message) => message.ruleId)).toContain(rule);
  });
});
