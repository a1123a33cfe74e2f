// The paths of our libraries by their import names, as tsconfig.base.json defines them, for esbuild.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Resolves `@hengji/*` as tsconfig.base.json does; without this, esbuild treats the libraries as external packages and
 * leaves them out.
 */
export const ownLibraries = (): Plugin => {
  const { compilerOptions } = JSON.parse(readFileSync(join(root, 'tsconfig.base.json'), 'utf8')) as {
    compilerOptions: { paths: Record<string, [string]> };
  };
  const exact = new Map<string, string>();
  const prefixes: { prefix: string; folder: string }[] = [];
  for (const [pattern, [target]] of Object.entries(compilerOptions.paths)) {
    if (pattern.endsWith('/*')) prefixes.push({ prefix: pattern.slice(0, -1), folder: join(root, target.slice(0, -1)) });
    else exact.set(pattern, join(root, target));
  }
  const locate = (path: string) => {
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
