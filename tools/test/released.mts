// Which commit counts as released: what the newest tag v* holds, or else the branch main; standing on that very commit, the one
// before it, so that a change is looked at also where it has just been merged.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Output of a git command, or undefined when it fails (no repository, no such branch). */
export const git = (...args: string[]) => {
  const { status, stdout } = spawnSync('git', args, { cwd: root, maxBuffer: 1 << 26 });
  return status === 0 ? stdout : undefined;
};
export const line = (...args: string[]) =>
  git(...args)
    ?.toString('utf8')
    .trim() || undefined;

const hasContract = (commit: string) =>
  line('ls-tree', '--name-only', commit, 'buf.yaml') !== undefined && line('ls-tree', commit, 'proto') !== undefined;

/** The newest released commit that has a contract and is an ancestor of where we stand, or undefined. */
export const releasedCommit = () => {
  const head = line('rev-parse', '--verify', '--quiet', 'HEAD^{commit}');
  if (!head) return undefined;
  const tag = line('describe', '--tags', '--match', 'v*', '--abbrev=0');
  const main = ['main', 'origin/main'].map((name) => line('merge-base', name, 'HEAD')).find(Boolean);
  const base = tag ? line('rev-parse', `${tag}^{commit}`) : main;
  const before = base === head ? line('rev-parse', '--verify', '--quiet', 'HEAD^1') : base;
  return before && hasContract(before) ? before : undefined;
};
