// Bundles our own code of a project into one file, dist/<project>/main.js; packages stay in node_modules. Without an argument it
// builds everything that has a src/main.ts in one run of esbuild, which shares what they have in common.
//   node tools/build/build.mjs [apps/exam …]
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));
const CONSOLE = 'apps/console';

const exists = (...parts) => existsSync(join(root, ...parts));

const everyProject = () =>
  ['apps', 'tools']
    .flatMap((parent) => readdirSync(join(root, parent)).map((name) => `${parent}/${name}`))
    .filter((project) => exists(project, 'src', 'main.ts') || isBrowserProject(project));

const isBrowserProject = (project) => project === CONSOLE && exists(project, 'vite.config.ts');

/** `@hengji/*` as tsconfig.base.json says; left to itself, esbuild takes them for packages and leaves them out. */
const ownLibraries = () => {
  const { paths } = JSON.parse(readFileSync(join(root, 'tsconfig.base.json'), 'utf8')).compilerOptions;
  const exact = new Map();
  const prefixes = [];
  for (const [pattern, [target]] of Object.entries(paths)) {
    if (pattern.endsWith('/*')) prefixes.push({ prefix: pattern.slice(0, -1), folder: join(root, target.slice(0, -1)) });
    else exact.set(pattern, join(root, target));
  }
  const locate = (path) => {
    const match = prefixes.find(({ prefix }) => path.startsWith(prefix));
    return exact.get(path) ?? (match && `${join(match.folder, path.slice(match.prefix.length))}.ts`);
  };
  return {
    name: 'own-libraries',
    setup: (bundler) =>
      bundler.onResolve({ filter: /^@hengji\// }, ({ path, importer }) => {
        const file = locate(path);
        return file ? { path: file } : { errors: [{ text: `${path}, imported by ${importer}, has no entry in tsconfig.base.json` }] };
      }),
  };
};

const buildPrograms = (projects) =>
  build({
    entryPoints: Object.fromEntries(projects.map((project) => [`${project}/main`, join(root, project, 'src', 'main.ts')])),
    outdir: join(root, 'dist'),
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    packages: 'external',
    sourcemap: true,
    logLevel: 'warning',
    plugins: [ownLibraries()],
    tsconfig: join(root, 'tsconfig.base.json'),
  });

/** Programs that go out as one file, packages included: whoever checks a proof should need nothing of ours but that file. */
const STANDALONE = { 'tools/verifier': 'hengji-verify.js' };

/** Our own files have no effects but their exports: what a standalone program does not use of a library stays out of it. */
const withoutUnused = {
  name: 'without-unused',
  setup: (bundler) =>
    bundler.onResolve({ filter: /^\.{1,2}\// }, async ({ path, pluginData, ...rest }) => {
      if (pluginData === 'resolved' || rest.importer.includes('node_modules')) return undefined;
      const found = await bundler.resolve(path, {
        importer: rest.importer,
        resolveDir: rest.resolveDir,
        kind: rest.kind,
        pluginData: 'resolved',
      });
      return found.errors.length > 0 ? found : { path: found.path, sideEffects: false };
    }),
};

const buildStandalone = (project) =>
  build({
    entryPoints: [join(root, project, 'src', 'main.ts')],
    outfile: join(root, 'dist', project, STANDALONE[project]),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    banner: { js: '#!/usr/bin/env node' },
    legalComments: 'inline',
    logLevel: 'warning',
    plugins: [ownLibraries(), withoutUnused],
    tsconfig: join(root, 'tsconfig.base.json'),
  });

const buildConsole = () => {
  const vite = join(root, 'node_modules', '.bin', 'vite');
  const outcome = spawnSync(vite, ['build', '--outDir', join(root, 'dist', CONSOLE), '--emptyOutDir', '--logLevel', 'warn'], {
    cwd: join(root, CONSOLE),
    stdio: 'inherit',
  });
  if (outcome.status !== 0) throw new Error('vite could not build the console; its messages stand above');
};

const main = async (named) => {
  const projects = named.length > 0 ? named : everyProject();
  const missing = projects.filter((project) => !isBrowserProject(project) && !exists(project, 'src', 'main.ts'));
  if (missing.length > 0) throw new Error(`nothing to build in ${missing.join(', ')}: no src/main.ts`);
  const programs = projects.filter((project) => !isBrowserProject(project));
  const standalone = programs.filter((project) => project in STANDALONE);
  if (programs.length > 0) {
    await buildPrograms(programs);
    await Promise.all(standalone.map(buildStandalone));
    // Node reads a .js file by the nearest package.json above it; dist says for itself what it holds.
    writeFileSync(join(root, 'dist', 'package.json'), '{ "type": "commonjs" }\n');
  }
  if (projects.some(isBrowserProject)) buildConsole();
};

main(process.argv.slice(2).map((project) => project.replace(/\/+$/, ''))).catch((error) => {
  // esbuild has printed each of its errors already, with the place.
  if (!Array.isArray(error.errors)) console.error(error.message ?? error);
  process.exitCode = 1;
});
