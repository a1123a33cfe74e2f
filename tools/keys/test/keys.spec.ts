// Tests the keys as an operator manages them: the spec runs the program as `npm run keys` does, in a separate folder. Each
// row of the table in docs/PROOF.md does what it says there.
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signer, verifier } from '@hengji/host';

const ROOT = join(__dirname, '../../..');
const PROGRAM = join(ROOT, 'dist/tools/keys/main.js');
const STATEMENT = { type: 'hengji.receipt.v1', orderId: 'o1' };

const made: string[] = [];
const newFolder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'keys-spec-'));
  made.push(path);
  return path;
};

beforeAll(() => void execFileSync(process.execPath, [join(ROOT, 'tools/build/build.mts'), 'tools/keys'], { cwd: ROOT }));
afterAll(() => made.forEach((path) => rmSync(path, { recursive: true })));

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const run = (args: readonly string[], env: Record<string, string> = {}): Ran =>
  spawnSync(process.execPath, [PROGRAM, ...args], { cwd: newFolder(), encoding: 'utf8', env: { PATH: process.env['PATH'] ?? '', ...env } });

/** A folder with keys, and the program that manages them. */
const keysIn = (folder = newFolder()) => {
  const keys = (...args: string[]): string => {
    const { status, stdout, stderr } = run([...args, '--folder', folder]);
    if (status !== 0) throw new Error(stderr);
    return stdout;
  };
  const trustFile = join(folder, 'trust.json');
  const keyFile = (service: string): string => join(folder, `${service}.key.json`);
  const sign = (service: string) => signer({ keyFile: keyFile(service) }).sign(STATEMENT);
  type Signed = ReturnType<typeof sign>;
  /** The reason why the signature is invalid, or 'holds'. */
  const finding = (signature: Signed, service: string, signedAt = new Date()): string => {
    try {
      verifier({ trustFile }).check(STATEMENT, signature, { service, signedAt });
      return 'holds';
    } catch (refusal) {
      return (refusal as { reason: string }).reason;
    }
  };
  const idOf = (service: string): string => signer({ keyFile: keyFile(service) }).keyId;
  return { folder, keys, keyFile, trustFile, sign, finding, idOf };
};

const lineOf = (listed: string, keyId: string): string => listed.split('\n').find((line) => line.startsWith(keyId)) ?? '';
const inSeconds = (seconds: number): Date => new Date(Date.now() + seconds * 1_000);

it('make: writes a first key for each service, readable by its owner only; a service that has a key keeps it', () => {
  const { keys, keyFile, trustFile, idOf, sign, finding } = keysIn();
  const listed = keys('make', 'exam', 'subsidy');
  expect(lineOf(listed, idOf('exam'))).toMatch(/ED25519 +since .* in use$/);
  expect(idOf('exam')).toMatch(/^exam:[0-9a-f]{16}$/);
  expect(statSync(keyFile('exam')).mode & 0o777).toBe(0o600);
  expect(readFileSync(trustFile, 'utf8')).not.toContain(
    (JSON.parse(readFileSync(keyFile('exam'), 'utf8')) as { privateKey: string }).privateKey,
  );
  const [first, bytes] = [sign('exam'), readFileSync(keyFile('exam'))];
  expect([finding(first, 'exam'), finding(first, 'subsidy')]).toEqual(['holds', 'signature.wrong_service']);
  keys('make', 'exam', 'approval', '--algorithm', 'SM2_SM3');
  expect(readFileSync(keyFile('exam'))).toEqual(bytes);
  expect(lineOf(keys('list'), idOf('approval'))).toContain('SM2_SM3');
  expect(finding(sign('approval'), 'approval')).toBe('holds');
});

it('rotate: the new key signs, the old key ends at once, and signatures of the old key stay valid', () => {
  const { keys, idOf, sign, finding } = keysIn();
  keys('make', 'exam');
  const [old, before] = [idOf('exam'), sign('exam')];
  const signedAt = new Date();
  keys('rotate', 'exam', '--algorithm', 'SM2_SM3');
  expect(idOf('exam')).not.toBe(old);
  expect(lineOf(keys('list'), old)).toMatch(/retired /);
  expect([finding(before, 'exam', signedAt), finding(before, 'exam', inSeconds(1))]).toEqual(['holds', 'signature.key_retired']);
  expect([sign('exam').algorithm, finding(sign('exam'), 'exam')]).toEqual(['SM2_SM3', 'holds']);
});

it('rotate --overlap: both keys are valid for the given number of seconds', () => {
  const { keys, folder, idOf, sign, finding } = keysIn();
  keys('make', 'exam', 'subsidy');
  // A service that gets its new files late still signs with the old key.
  const late = join(newFolder(), 'late.json');
  copyFileSync(join(folder, 'exam.key.json'), late);
  keys('rotate', 'exam', 'subsidy', '--overlap', '600');
  const slow = signer({ keyFile: late }).sign(STATEMENT);
  expect(slow.keyId).not.toBe(idOf('exam'));
  expect([300, 900].map((seconds) => finding(slow, 'exam', inSeconds(seconds)))).toEqual(['holds', 'signature.key_retired']);
  expect(finding(sign('exam'), 'exam', inSeconds(900))).toBe('holds');
  expect(keys('list').trim().split('\n')).toHaveLength(4);
});

it('retire: a key ends without a successor, at once or at a given time', () => {
  const { keys, idOf, sign, finding } = keysIn();
  keys('make', 'exam', 'subsidy');
  keys('retire', idOf('exam'), '--at', '2099-12-01T00:00:00Z');
  expect(lineOf(keys('list'), idOf('exam'))).toContain('retired 2099-12-01T00:00:00.000Z');
  expect(finding(sign('exam'), 'exam')).toBe('holds');
  expect(finding(sign('exam'), 'exam', new Date('2099-12-01T00:00:00Z'))).toBe('signature.key_retired');
  keys('retire', idOf('subsidy'));
  expect(finding(sign('subsidy'), 'subsidy', inSeconds(1))).toBe('signature.key_retired');
});

it('revoke: no signature of the key is valid by itself any more, whatever its time', () => {
  const { keys, idOf, sign, finding } = keysIn();
  keys('make', 'exam', 'subsidy');
  const [early, signedAt] = [sign('exam'), new Date()];
  expect(lineOf(keys('revoke', idOf('exam')), idOf('exam'))).toMatch(/revoked /);
  expect([finding(early, 'exam'), finding(sign('exam'), 'exam')]).toEqual(['signature.key_revoked', 'signature.key_revoked']);
  expect(finding(sign('subsidy'), 'subsidy')).toBe('holds');
  keys('rotate', 'exam');
  expect([finding(early, 'exam', signedAt), finding(sign('exam'), 'exam')]).toEqual(['signature.key_revoked', 'holds']);
});

it('list: shows every key that ever existed, and none in an empty folder; KEYS_FOLDER also names the folder', () => {
  const { folder, keys, idOf } = keysIn();
  expect(keys('list').trim()).toBe('');
  keys('make', 'exam');
  const first = idOf('exam');
  keys('rotate', 'exam');
  const { stdout } = run(['list'], { KEYS_FOLDER: folder });
  expect(
    stdout
      .trim()
      .split('\n')
      .map((line) => line.split(' ')[0]),
  ).toEqual([first, idOf('exam')]);
});

it.each([
  ['no command', [], "there is no command ''"],
  ['an unknown command', ['delete', 'exam'], "there is no command 'delete'"],
  ['nobody named', ['make'], 'make needs the name'],
  ['an unknown algorithm', ['make', 'exam', '--algorithm', 'RSA'], '--algorithm is one of ED25519, SM2_SM3'],
  ['an overlap that is no number', ['rotate', 'exam', '--overlap', 'soon'], '--overlap is a number of seconds'],
  ['an overlap backwards', ['rotate', 'exam', '--overlap=-1'], '--overlap is a number of seconds'],
  ['a time that is none', ['retire', 'exam:0123456789abcdef', '--at', 'tomorrow'], '--at is a time such as'],
  ['a key that is not there', ['revoke', 'exam:0123456789abcdef'], 'the trust list has no key exam:0123456789abcdef'],
  ['a name that is a path', ['make', '../exam'], 'is no name of a service'],
  ['an unknown option', ['make', 'exam', '--force'], '--force'],
])('refuses %s, prints the reason, and writes nothing', (_, args, why) => {
  const folder = newFolder();
  const { status, stderr } = run([...args, '--folder', folder]);
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining(why) });
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(existsSync(join(folder, 'trust.json'))).toBe(false);
});

it('docs/PROOF.md names exactly these commands, with exactly their options', () => {
  const table = [...readFileSync(join(ROOT, 'docs/PROOF.md'), 'utf8').matchAll(/^\| `npm run keys -- (\w+)([^`]*)`/gm)];
  const documented = Object.fromEntries(
    table.map(([, name = '', rest = '']) => [name, [...rest.matchAll(/--(\w+)/g)].map(([, option]) => option)]),
  );
  const known = /use one of (.*)$/m.exec(run(['nothing']).stderr)?.[1]?.split(', ');
  expect(Object.keys(documented)).toEqual(known);
  expect(documented).toEqual({ make: ['algorithm'], rotate: ['algorithm', 'overlap'], retire: ['at'], revoke: [], list: [] });
});
