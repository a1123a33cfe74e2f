// Builds the programs that are distributed as one file, packages included: a person who checks a proof needs only that
// file and Node. The file is committed and readable, so that anyone can copy, compare and run it without a build. The
// verifier's own test rebuilds the file and compares the bytes.
//   node tools/build/standalone.mts [<folder to write to instead>]
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { ownLibraries, root } from './own-libraries.mts';

/** The path of the committed file, by project. */
export const STANDALONE = { 'tools/verifier': 'hengji-verify.mjs' };

const HEADER = `#!/usr/bin/env node
// hengji-verify: generated from tools/verifier/src by \`node tools/build/standalone.mts\`; do not edit.
// It is complete: any Node.js from 20.12 on runs it, without installation, network or other files.
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);`;

/**
 * Our own modules have no side effects, so esbuild leaves out the parts of a library that a standalone program does not
 * use.
 */
const withoutUnused: Plugin = {
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

const buildStandalone = ([project, file]: readonly [string, string], folder = join(root, project)) =>
  build({
    entryPoints: [join(root, project, 'src', 'main.ts')],
    outfile: join(folder, file),
    // Paths in comments are relative to the repository root, so the output does not depend on where the repository is.
    absWorkingDir: root,
    preserveSymlinks: true,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    charset: 'utf8',
    banner: { js: HEADER },
    legalComments: 'inline',
    logLevel: 'warning',
    plugins: [ownLibraries(), withoutUnused],
    tsconfig: join(root, 'tsconfig.base.json'),
  });

if (process.argv[1] === fileURLToPath(import.meta.url))
  await Promise.all(Object.entries(STANDALONE).map((one) => buildStandalone(one, process.argv[2])));
