// Which commit counts as released: the commit of the newest tag v*, or else the branch main. If HEAD is that commit, the
// commit before it counts, so that a change is also checked directly after its merge.
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

/** The newest released commit that has a contract and is an ancestor of HEAD, or undefined. */
export const releasedCommit = () => {
  const head = line('rev-parse', '--verify', '--quiet', 'HEAD^{commit}');
  if (!head) return undefined;
  const tag = line('describe', '--tags', '--match', 'v*', '--abbrev=0');
  const main = ['main', 'origin/main'].map((name) => line('merge-base', name, 'HEAD')).find(Boolean);
  const base = tag ? line('rev-parse', `${tag}^{commit}`) : main;
  const before = base === head ? line('rev-parse', '--verify', '--quiet', 'HEAD^1') : base;
  return before && hasContract(before) ? before : undefined;
};
