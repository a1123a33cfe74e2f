// The repository as a map from path to text. The rules check this map, and a fixture is a small map of the same form.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Tree = ReadonlyMap<string, string>;

const TEXT = /\.(ts|mts|tsx|mjs|cjs|md|proto|json|yml|yaml|sql|prisma|css|html|sh)$/;

/** Built from other files, and compared with them byte for byte by a separate test; nobody edits it. */
const GENERATED = ['tools/verifier/hengji-verify.mjs'];

/** All text files that git tracks or would track, with forward slashes, relative to the root. */
export const repositoryTree = (root: string): Tree => {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, maxBuffer: 1 << 26 });
  const paths = [...new Set(listed.toString('utf8').split('\0'))].filter(
    (path) => TEXT.test(path) && !GENERATED.includes(path) && existsSync(join(root, path)),
  );
  return new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
};

export const lineCount = (text: string): number => text.trimEnd().split('\n').length;

/** Our own source: TypeScript and modules, without tests. */
export const isSource = (path: string): boolean => /\.(ts|mts|tsx|mjs)$/.test(path) && !isTest(path);

export const isTest = (path: string): boolean => /\.spec\.tsx?$/.test(path) || /(^|\/)test\//.test(path);

export const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));

export const appsOf = (tree: Tree): string[] => [...new Set([...tree.keys()].flatMap((path) => /^apps\/([^/]+)\//.exec(path)?.[1] ?? []))];
