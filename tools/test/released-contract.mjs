// The contract against the last one that was released: `buf breaking` on proto/, and no released sample changed or gone.
// Released is what the newest tag v* holds, or else the branch main; standing on that very commit, the one before it, so
// that a change is looked at also where it has just been merged. Works without network; a first commit has nothing to break.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const SAMPLES = 'libs/contracts/samples';

/** Output of a git command, or undefined when it fails (no repository, no such branch). */
const git = (...args) => {
  const { status, stdout } = spawnSync('git', args, { cwd: root, maxBuffer: 1 << 26 });
  return status === 0 ? stdout : undefined;
};
const line = (...args) =>
  git(...args)
    ?.toString('utf8')
    .trim() || undefined;

const hasContract = (commit) =>
  line('ls-tree', '--name-only', commit, 'buf.yaml') !== undefined && line('ls-tree', commit, 'proto') !== undefined;

/** The newest released commit that has a contract and is an ancestor of where we stand, or undefined. */
const releasedCommit = () => {
  const head = line('rev-parse', '--verify', '--quiet', 'HEAD^{commit}');
  if (!head) return undefined;
  const tag = line('describe', '--tags', '--match', 'v*', '--abbrev=0');
  const main = ['main', 'origin/main'].map((name) => line('merge-base', name, 'HEAD')).find(Boolean);
  const base = tag ? line('rev-parse', `${tag}^{commit}`) : main;
  const before = base === head ? line('rev-parse', '--verify', '--quiet', 'HEAD^1') : base;
  return before && hasContract(before) ? before : undefined;
};

const protoBreaks = (commit) => {
  const folder = mkdtempSync(join(tmpdir(), 'hengji-contract-'));
  try {
    const archive = join(folder, 'released.tar');
    writeFileSync(archive, git('archive', '--format=tar', commit, 'buf.yaml', 'proto') ?? '');
    const buf = spawnSync(join(root, 'node_modules/.bin/buf'), ['breaking', '--against', archive], { cwd: root, encoding: 'utf8' });
    if (buf.error) throw buf.error;
    return buf.status === 0 ? [] : [`${buf.stdout}${buf.stderr}`.trim()];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const sampleBreaks = (commit) =>
  (line('ls-tree', '-r', '--name-only', commit, SAMPLES) ?? '')
    .split('\n')
    .filter(Boolean)
    .flatMap((file) => {
      if (!existsSync(join(root, file))) return [`${file}: released, and gone now`];
      const now = JSON.parse(readFileSync(join(root, file), 'utf8'));
      const released = JSON.parse(git('show', `${commit}:${file}`)?.toString('utf8') ?? '[]');
      const kept = (sample) => now.some((one) => JSON.stringify(one) === JSON.stringify(sample));
      return released.flatMap((sample) =>
        kept(sample) ? [] : [`${file}: the released sample of ${sample.event} was changed or taken away`],
      );
    });

const commit = releasedCommit();
if (!commit) {
  console.log('nothing was released before: nothing to break');
} else {
  const broken = [...protoBreaks(commit), ...sampleBreaks(commit)];
  console.log(broken.length === 0 ? `nothing of ${commit.slice(0, 10)} is broken` : `against ${commit}:\n${broken.join('\n')}`);
  process.exitCode = broken.length === 0 ? 0 : 1;
}
