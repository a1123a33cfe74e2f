// Compares the contract with the last released one: runs `buf breaking` on proto/, and checks that no released sample was
// changed or removed. released.mts defines which commit is released. The check works without network; a first commit has
// nothing to break.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git, line, releasedCommit, root } from './released.mts';

const SAMPLES = 'libs/contracts/samples';

interface Sample {
  readonly event: string;
}

const protoBreaks = (commit: string) => {
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

const sampleBreaks = (commit: string) =>
  (line('ls-tree', '-r', '--name-only', commit, SAMPLES) ?? '')
    .split('\n')
    .filter(Boolean)
    .flatMap((file) => {
      if (!existsSync(join(root, file))) return [`${file}: released, and gone now`];
      const now = JSON.parse(readFileSync(join(root, file), 'utf8')) as Sample[];
      const released = JSON.parse(git('show', `${commit}:${file}`)?.toString('utf8') ?? '[]') as Sample[];
      const kept = (sample: Sample) => now.some((one) => JSON.stringify(one) === JSON.stringify(sample));
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
