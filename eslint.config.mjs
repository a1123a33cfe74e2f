// The borders of the house as lint errors. Nx tags guard the projects; the folder blocks guard the rooms inside an app,
// because Nx's tags stop at the project. Flat config lets a later block replace a rule's options, so the restricted
// lists are built from shared constants and each file matches exactly one room.
import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import a11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { SERVICES } from './libs/contracts/src/services.mts';

const projectBorders = [
  // The words of lists are the province's own.
  { sourceTag: 'type:contracts', onlyDependOnLibsWithTags: ['type:province'] },
  { sourceTag: 'type:kit', onlyDependOnLibsWithTags: [], bannedExternalImports: ['*'] },
  // The browser loads it: no packages, no platform modules.
  { sourceTag: 'type:province', onlyDependOnLibsWithTags: ['type:kit'], bannedExternalImports: ['*'] },
  { sourceTag: 'type:platform', onlyDependOnLibsWithTags: ['type:contracts', 'type:kit', 'type:platform', 'type:province'] },
  { sourceTag: 'type:testing', onlyDependOnLibsWithTags: ['type:contracts', 'type:kit', 'type:platform', 'type:province'] },
  {
    sourceTag: 'type:service',
    onlyDependOnLibsWithTags: ['type:contracts', 'type:kit', 'type:platform', 'type:province', 'type:testing'],
  },
  {
    sourceTag: 'type:console',
    onlyDependOnLibsWithTags: ['type:contracts', 'type:province'],
    bannedExternalImports: ['@grpc/*', 'nice-grpc*', 'kafkajs', '@prisma/*', 'express', 'pg'],
  },
  { sourceTag: 'type:e2e', onlyDependOnLibsWithTags: ['type:contracts', 'type:kit', 'type:province', 'type:testing', 'type:tool'] },
  { sourceTag: 'type:tool', onlyDependOnLibsWithTags: ['type:contracts', 'type:kit', 'type:platform', 'type:province', 'type:tool'] },
  ...SERVICES.map((name) => ({ sourceTag: `scope:${name}`, onlyDependOnLibsWithTags: [`scope:${name}`, 'scope:shared'] })),
];

/** The specs of a platform lib, never its source, are helped by libs/testing. */
const bordersOfSpecs = projectBorders.map((border) =>
  ['type:platform', 'type:tool'].includes(border.sourceTag)
    ? { ...border, onlyDependOnLibsWithTags: [...border.onlyDependOnLibsWithTags, 'type:testing'] }
    : border,
);

const borders = (depConstraints, allow = []) => [
  'error',
  {
    enforceBuildableLibDependency: false,
    allow,
    depConstraints,
    // testing stands on host and messaging, and their specs (never their src: ONLY_IN_TESTS) use testing.
    ignoredCircularDependencies: [
      ['messaging', 'testing'],
      ['host', 'testing'],
    ],
  },
];

const ONLY_IN_TESTS = { group: ['@hengji/testing'], message: 'libs/testing serves specs only.' };
const WITHOUT_ACT = {
  group: ['@hengji/messaging'],
  importNames: ['once', 'requestOf'],
  message: 'What is done once per request has its act: recordedOnce of @hengji/procedure.',
};
const KAFKA = { group: ['kafkajs'], message: 'kafkajs sits behind libs/messaging; nothing else imports it.' };
const NOT_IN_APPLICATION = {
  group: ['**/adapters/**', '**/generated/**', 'express', 'pg', '@grpc/*', 'nice-grpc*', '@prisma/*'],
  message: 'application/ loads, decides, saves: no SQL, no HTTP, no proto encoding.',
};
const NOT_IN_DOMAIN = {
  group: [
    '**/application/**',
    '**/adapters/**',
    '**/generated/**',
    '@hengji/contracts',
    '@hengji/contracts/**',
    '@hengji/messaging',
    '@hengji/host',
    'node:*',
    'express',
    'pg',
    'zod',
    '@grpc/*',
    'nice-grpc*',
    '@prisma/*',
  ],
  message: 'domain/ decides with plain functions: only itself, domain-kit, province and the tables of procedures.',
};
const NO_NOUNS = { group: ['@hengji/province'], message: 'A platform lib knows no noun of the business.' };
/** As a path, because a pattern would hold for the pure tables too. */
const PROCEDURES_RUN = { name: '@hengji/procedure', message: 'domain/ hands over tables: import @hengji/procedure/tables.' };
const restrict = (...patterns) => ['error', { patterns }];
const restrictDomain = (...patterns) => ['error', { patterns, paths: [PROCEDURES_RUN] }];

/** Statements are templates: parameters stand where they are used, and no text from outside becomes SQL. */
const NO_SQL_OF_TEXT = ['$queryRawUnsafe', '$executeRawUnsafe'].map((property) => ({
  property,
  message: 'SQL is a template of sql-template-tag, run by rowsOf and execute of @hengji/messaging.',
}));

/** Clock and chance come into domain/ as arguments. */
const PURE = [
  { selector: ':function[async=true]', message: 'domain/ is not async.' },
  { selector: "MemberExpression[object.name='Date'][property.name='now']", message: 'Time comes in as `now`.' },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Time comes in as `now`.' },
  { selector: "MemberExpression[object.name='Math'][property.name='random']", message: 'Chance comes in as an argument.' },
  { selector: "Identifier[name='process']", message: 'domain/ knows no process.' },
];

export default tseslint.config(
  {
    ignores: [
      '**/generated/**',
      'dist/**',
      '.nx/**',
      '.stack/**',
      'node_modules/**',
      'tools/tidy/fixtures/**',
      'tools/verifier/hengji-verify.mjs',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    files: ['**/*.{ts,mts,tsx}'],
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': borders(projectBorders),
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 4],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
      'no-console': 'error',
      'no-restricted-properties': ['error', ...NO_SQL_OF_TEXT],
      eqeqeq: 'error',
    },
  },
  {
    // What only types can tell: a promise that nobody waits for fails unseen.
    files: ['**/*.{ts,mts,tsx}'],
    ignores: ['**/fixtures/**'],
    languageOptions: { parserOptions: { project: ['tsconfig.json', 'apps/console/tsconfig.json'], tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  { files: ['apps/console/**/*.tsx'], ...a11y.flatConfigs.strict },
  {
    // What scrolls has to be reached by the keyboard: it is a region with a name.
    files: ['apps/console/**/*.tsx'],
    rules: { 'jsx-a11y/no-noninteractive-tabindex': ['error', { tags: [], roles: ['tabpanel', 'region'], allowExpressionValues: true }] },
  },
  { files: ['apps/console/**/*.tsx'], ...reactHooks.configs.flat['recommended-latest'] },
  {
    files: ['apps/*/src/**/*.{ts,tsx}', 'libs/{contracts,host,testing}/src/**/*.ts'],
    ignores: ['apps/e2e/**', '**/domain/**', '**/application/**', '**/*.spec.{ts,tsx}'],
    rules: { 'no-restricted-imports': restrict(ONLY_IN_TESTS, KAFKA, WITHOUT_ACT) },
  },
  {
    files: ['libs/host/src/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: { 'no-restricted-imports': restrict(ONLY_IN_TESTS, KAFKA, NO_NOUNS) },
  },
  {
    files: ['libs/messaging/src/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: { 'no-restricted-imports': restrict(ONLY_IN_TESTS, NO_NOUNS) },
  },
  {
    files: ['libs/*/test/**/*.ts', 'libs/*/src/**/*.spec.ts'],
    rules: { '@nx/enforce-module-boundaries': borders(bordersOfSpecs) },
  },
  {
    // Journeys start the platform and sign in as the tools do; tools are programs, not libs, so they have no alias.
    // Specs of enforcement hand its certificates to the verifier that outsiders use, and hold its table against the verifier's own.
    files: [
      'apps/e2e/src/**/*.ts',
      'apps/enforcement/test/{altered,attestations,certified,clocks,receipts}.int.spec.ts',
      'apps/enforcement/test/{verifier-table,whose-word}.spec.ts',
    ],
    rules: {
      '@nx/enforce-module-boundaries': borders(projectBorders, ['../../../tools/**', '../../../../tools/**']),
      'no-restricted-imports': restrict(KAFKA),
    },
  },
  {
    // Tools run as they stand, without the libraries' names: what they share with one they take from its file, and from each other's folders.
    files: ['tools/**/*.mts'],
    rules: {
      '@nx/enforce-module-boundaries': borders(projectBorders, [
        '../../libs/host/src/database-session.mts',
        '../../libs/contracts/src/services.mts',
        '../**',
      ]),
    },
  },
  {
    // The manifests come from the table of services, which Node runs as it stands.
    files: ['tools/manifests/{src,test}/**/*.ts'],
    rules: { '@nx/enforce-module-boundaries': borders(projectBorders, ['../../start/**', '../../../start/**']) },
  },
  {
    // Every tool that opens a session is tried in one table; the verifier reads acts from a real database.
    files: ['tools/stack/{missing-migrations,open-session}.int.spec.ts', 'tools/verifier/test/acts.int.spec.ts'],
    rules: { '@nx/enforce-module-boundaries': borders(bordersOfSpecs, ['../migrate/**', '../start/**']) },
  },
  {
    files: ['apps/*/src/application/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: { 'no-restricted-imports': restrict(ONLY_IN_TESTS, KAFKA, WITHOUT_ACT, NOT_IN_APPLICATION) },
  },
  {
    files: ['apps/*/src/domain/**/*.ts', 'libs/procedure/src/tables/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: { 'no-restricted-imports': restrictDomain(ONLY_IN_TESTS, KAFKA, NOT_IN_DOMAIN), 'no-restricted-syntax': ['error', ...PURE] },
  },
  { files: ['**/*.spec.{ts,tsx}', '**/test/**/*.ts'], rules: { 'max-lines-per-function': 'off' } },
  { files: ['apps/*/prisma.config.ts', 'apps/*/vite.config.ts', 'tools/test/jest-*.mts'], rules: { 'no-restricted-exports': 'off' } },
  {
    files: ['tools/**/*.{ts,mts}'],
    // The floor of the relay's bench is kafkajs with nothing of ours around it.
    ignores: ['tools/bench/src/relay/bare-producer.ts'],
    rules: { 'no-restricted-imports': restrict(KAFKA) },
  },
  { files: ['tools/**/*.{ts,mts}'], rules: { 'no-console': 'off' } },
  {
    files: ['**/*.{mjs,cjs}'],
    languageOptions: {
      globals: Object.fromEntries(
        [
          'process',
          'console',
          'URL',
          'fetch',
          'setTimeout',
          'clearTimeout',
          'setInterval',
          'clearInterval',
          'Buffer',
          'AbortSignal',
          'AbortController',
          'module',
          'require',
          '__dirname',
          'performance',
          'WebAssembly',
          'structuredClone',
          'TextDecoder',
          'TextEncoder',
        ].map((name) => [name, 'readonly']),
      ),
    },
    rules: {
      '@typescript-eslint/no-require-imports': 'off',
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
    },
  },
);
