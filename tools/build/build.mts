// Bundles our own code of a project into one file, dist/<project>/main.js; packages stay in node_modules. Without an
// argument, the program builds everything that has a src/main.ts in one run of esbuild, so that esbuild shares the common
// work.
//   node tools/build/build.mts [apps/exam …]
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { ownLibraries, root } from './own-libraries.mts';
import { STANDALONE } from './standalone.mts';

const CONSOLE = 'apps/console';

const exists = (...parts: string[]) => existsSync(join(root, ...parts));

const everyProject = () =>
  ['apps', 'tools']
    .flatMap((parent) => readdirSync(join(root, parent)).map((name) => `${parent}/${name}`))
    .filter((project) => exists(project, 'src', 'main.ts') || isBrowserProject(project));

const isBrowserProject = (project: string) => project === CONSOLE && exists(project, 'vite.config.ts');

const buildPrograms = (projects: readonly string[]) =>
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

const buildConsole = () => {
  const vite = join(root, 'node_modules', '.bin', 'vite');
  const outcome = spawnSync(vite, ['build', '--outDir', join(root, 'dist', CONSOLE), '--emptyOutDir', '--logLevel', 'warn'], {
    cwd: join(root, CONSOLE),
    stdio: 'inherit',
  });
  if (outcome.status !== 0) throw new Error('vite could not build the console; its messages stand above');
};

const main = async (named: readonly string[]) => {
  const projects = named.length > 0 ? named : everyProject();
  const missing = projects.filter((project) => !isBrowserProject(project) && !exists(project, 'src', 'main.ts'));
  if (missing.length > 0) throw new Error(`nothing to build in ${missing.join(', ')}: no src/main.ts`);
  const programs = projects.filter((project) => !isBrowserProject(project));
  const standalone = Object.entries(STANDALONE).filter(([project]) => programs.includes(project));
  if (programs.length > 0) {
    await buildPrograms(programs);
    // These files are committed as they are released; container images contain them beside the build output.
    for (const [project, file] of standalone) copyFileSync(join(root, project, file), join(root, 'dist', project, file));
    // Node interprets a .js file by the nearest package.json above it, so dist has its own package.json.
    writeFileSync(join(root, 'dist', 'package.json'), '{ "type": "commonjs" }\n');
  }
  if (projects.some(isBrowserProject)) buildConsole();
};

main(process.argv.slice(2).map((project) => project.replace(/\/+$/, ''))).catch((error: { errors?: unknown; message?: string }) => {
  // esbuild has already printed each of its errors with its location.
  if (!Array.isArray(error.errors)) console.error(error.message ?? error);
  process.exitCode = 1;
});
