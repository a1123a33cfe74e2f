// The supervisor continues when its own record cannot be written. /dev/full accepts no bytes, like a full disk.
import { existsSync, lstatSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { claimFolder } from './claim.mts';

const WRITTEN_WITHIN_MS = 10_000;

const child = (pid: number) => ({ name: `service ${pid}`, pid, started: 'then' });

const claimed = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'claim-'));
  const said: string[] = [];
  const claim = await claimFolder(folder, (line: string) => said.push(line));
  const file = join(folder, 'stack.json');
  const processes = () => (JSON.parse(readFileSync(file, 'utf8')) as { processes: { pid: number }[] }).processes.map(({ pid }) => pid);
  return { folder, said, claim, file, processes };
};

it('logs once that the disk is full, continues, and writes everything when writing works again', async () => {
  const { folder, said, claim, file, processes } = await claimed();
  claim.add(child(1));
  const full = [file, `${file}.new`];
  for (const path of full) {
    rmSync(path, { force: true });
    symlinkSync('/dev/full', path);
  }
  for (const pid of [2, 3, 4]) claim.add(child(pid));
  expect(said).toEqual([expect.stringContaining('ENOSPC')]);
  for (const path of full) rmSync(path);
  for (const end = Date.now() + WRITTEN_WITHIN_MS; !existsSync(file) && Date.now() < end;) await pause(20);
  expect(processes()).toEqual([1, 2, 3, 4]);
  expect(said).toHaveLength(2);
  claim.release();
  rmSync(folder, { recursive: true });
});

it('keeps the older record when it cannot write a new one', async () => {
  const { folder, claim, file, processes } = await claimed();
  claim.add(child(1));
  symlinkSync('/dev/full', `${file}.new`);
  claim.add(child(2));
  expect(processes()).toEqual([1]);
  expect(lstatSync(file).isFile()).toBe(true);
  claim.release();
  expect(existsSync(file)).toBe(false);
  rmSync(folder, { recursive: true });
});
