// The files as an outsider has them. Unchanged files pass, and the verifier detects any change to a byte, a member or a
// statement.
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyring, SIGNING_ALGORITHMS, type Keyring, type Statement } from '@hengji/host';
import { checkFile } from '../src/check-file';
import { sampleFiles, type Forgery, type SampleFiles } from './sample-files';

const ROOT = join(__dirname, '../../..');
const made: string[] = [];
const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'verifier-'));
  made.push(path);
  return path;
};
afterAll(() => made.forEach((path) => rmSync(path, { recursive: true })));

const KINDS: readonly (keyof SampleFiles)[] = ['completion', 'receipt', 'proof'];
const failedChecks = (file: string | Uint8Array, keys: Keyring): string[] =>
  checkFile(Buffer.from(file as string), keys.list())
    .all.filter(({ ok }) => !ok)
    .map(({ check }) => check);

describe.each(SIGNING_ALGORITHMS)('files signed with %s', (algorithm) => {
  const keys = keyring(folder());
  const files = sampleFiles(keys, algorithm);

  it.each(KINDS)('%s: passes unchanged', (kind) => {
    expect(failedChecks(files[kind], keys)).toEqual([]);
    expect(checkFile(Buffer.from(files[kind]), keys.list()).ok).toBe(true);
  });

  it.each(KINDS)('%s: fails with a named check when any byte is altered', (kind) => {
    const bytes = Buffer.from(files[kind]);
    // Each byte needs a whole check. In a short file every byte is tried. In a certificate, whose rows are much alike,
    // every second or third byte is tried. SM2 in JavaScript is slow, so only some of its files are tried.
    const step = algorithm === 'ED25519' ? Math.ceil(bytes.length / 8_000) : 211;
    const unseen: number[] = [];
    for (let i = 0; i < bytes.length; i += step) {
      // The smallest change, and sometimes a digit in its place. Each change needs a whole check of about twenty
      // signatures.
      for (const other of [(bytes[i] ?? 0) ^ 1, ...(i % 5 === 0 ? [0x30 + (((bytes[i] ?? 0) + 1) % 10)] : [])]) {
        if (other === bytes[i]) continue;
        const altered = Buffer.from(bytes);
        altered[i] = other;
        if (failedChecks(altered, keys).length === 0) unseen.push(i);
      }
    }
    expect(unseen).toEqual([]);
  });

  it.each(KINDS)('%s: fails when it is cut short, or when anything is added before or after it', (kind) => {
    const bytes = Buffer.from(files[kind]);
    for (const altered of [
      bytes.subarray(0, -1),
      Buffer.concat([bytes, Buffer.from('\n')]),
      Buffer.concat([Buffer.from('\ufeff'), bytes]),
      Buffer.of(),
    ])
      expect(failedChecks(altered, keys)).toEqual(['file.canonical']);
  });
});

type Change = (value: Record<string, unknown>) => void;

const changing = (type: string, change: Change): Forgery => ({
  alter: (statement) => {
    const copy = structuredClone(statement) as Record<string, unknown>;
    if (copy['type'] === type) change(copy);
    return copy as unknown as Statement;
  },
});

const entries = (value: unknown): Record<string, unknown>[] => value as Record<string, unknown>[];

/** Every member and every entry of the file, one at a time: removed, and doubled if it is in a list. */
const alterations = (file: string): [string, string][] => {
  const found: [string, string][] = [];
  const at = (path: readonly (string | number)[], change: (parent: never, key: never) => void): string => {
    const copy = JSON.parse(file) as never;
    const parent = path.slice(0, -1).reduce<never>((value, key) => value[key as never], copy);
    change(parent, path.at(-1) as never);
    return JSON.stringify(copy);
  };
  const walk = (value: unknown, path: readonly (string | number)[]): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, member] of Object.entries(value)) {
      const key = Array.isArray(value) ? Number(name) : name;
      const inside = [...path, key];
      found.push([
        `without ${inside.join('.')}`,
        at(inside, (parent, k) => (Array.isArray(parent) ? (parent as unknown[]).splice(k, 1) : Reflect.deleteProperty(parent, k))),
      ]);
      if (Array.isArray(value)) found.push([`${inside.join('.')} twice`, at(inside, (parent, k) => (parent as unknown[]).push(parent[k]))]);
      walk(member, inside);
    }
  };
  walk(JSON.parse(file), []);
  return found;
};

describe('the contents of the files', () => {
  const keys = keyring(folder());
  const files = sampleFiles(keys, 'ED25519');

  it.each(KINDS)('%s: no member can be removed or doubled without a failed check', (kind) => {
    const unseen = alterations(files[kind]).filter(([, altered]) => failedChecks(altered, keys).length === 0);
    expect(unseen.map(([what]) => what)).toEqual([]);
  });

  // Signed with the genuine key, and false: a signature alone does not prove the content.
  const lying = (type: string, change: Change): string[] =>
    failedChecks(sampleFiles(keys, 'ED25519', changing(type, change)).completion, keys);

  it.each<[string, string, Change, string]>([
    ['a receipt short', 'hengji.completion.v2', (c) => entries(c['receipts']).pop(), 'receipts.complete'],
    ['a receipt twice', 'hengji.completion.v2', (c) => entries(c['receipts']).push(entries(c['receipts'])[0] ?? {}), 'receipts.complete'],
    ['something left', 'hengji.residual.v1', (r) => Object.assign(entries(r['rows'])[0] ?? {}, { count: '1' }), 'residual.zero'],
    ['a row not counted', 'hengji.completion.v2', (c) => entries(c['residual']).shift(), 'residual.zero'],
    ['a contradiction', 'hengji.contradictions.v1', (c) => (c['contradictions'] = '1'), 'crossChecks.zero'],
    ['a fence missing', 'hengji.completion.v2', (c) => entries(c['fences']).pop(), 'fences.complete'],
    ['no order', 'hengji.completion.v2', (c) => entries(c['decisions']).pop(), 'decisions.order'],
    ['another number', 'hengji.completion.v2', (c) => (c['documentNo'] = '沈人社鉴处〔2026〕2号'), 'decisions.order'],
    ['never completed', 'hengji.completion.v2', (c) => Object.assign(c['times'] as object, { completed: '' }), 'times.completed'],
    [
      'a lifting that nobody signed',
      'hengji.completion.v2',
      (c) => entries(c['liftings']).push({ lifting: '1', completedAt: '' }),
      'liftings.complete',
    ],
    ['receipts of another order', 'hengji.receipt.v1', (r) => (r['orderId'] = 'o2'), 'receipt.answers'],
    ['receipts of another epoch', 'hengji.receipt.v1', (r) => (r['epoch'] = '6'), 'receipt.answers'],
    ['more than was signed', 'hengji.receipt.v1', (r) => (r['matched'] = '6'), 'receipt.bound'],
    ['rows done under another’s name', 'hengji.receipt.v1', (r) => (r['service'] = 'exam'), 'receipt.signature'],
  ])('%s: named, although the signature is valid', (_, type, change, check) => {
    expect(lying(type, change)).toContain(check);
  });

  it('a retired key: its earlier signatures hold, its later ones do not; a key list without it proves nothing', () => {
    const own = keyring(folder());
    const { completion, receipt } = sampleFiles(own, 'ED25519');
    const [certificate] = own.list().filter(({ service }) => service === 'certificate');
    const id = certificate?.keyId ?? '';
    own.retire(id, new Date('2026-11-23T02:00:06Z'));
    expect([failedChecks(receipt, own), failedChecks(completion, own)]).toEqual([[], []]);
    own.retire(id, new Date('2026-11-23T02:00:03Z'));
    expect(failedChecks(receipt, own)).toEqual(['receipt.signature']);
    own.retire(id, new Date('2027-01-01T00:00:00Z'));
    // The key was stolen later: a single receipt no longer counts, but a receipt in a certificate that was signed earlier
    // still does.
    own.revoke(id, new Date('2026-12-01T00:00:00Z'));
    expect([failedChecks(receipt, own), failedChecks(completion, own)]).toEqual([['receipt.signature'], []]);
    own.revoke(id, new Date('2026-11-23T02:00:05Z'));
    expect(failedChecks(completion, own)).toContain('receipt.signature');
    expect(failedChecks(receipt, keyring(folder()))).toEqual(['receipt.signature']);
  });
});

describe('the program', () => {
  const committed = join(ROOT, 'tools/verifier/hengji-verify.mjs');

  it('is committed exactly as it is built from its source, byte for byte', () => {
    const built = folder();
    execFileSync(process.execPath, ['tools/build/standalone.mts', built], { cwd: ROOT });
    expect(readFileSync(join(built, 'hengji-verify.mjs'), 'utf8')).toBe(readFileSync(committed, 'utf8'));
  });

  it('is one file that runs alone: exits with 0, 1 or 2, and prints what it found', () => {
    const alone = folder();
    const keys = keyring(join(alone, 'keys'));
    const files = sampleFiles(keys, 'SM2_SM3');
    const program = join(alone, 'hengji-verify.mjs');
    copyFileSync(committed, program);
    const run = (...args: string[]) => spawnSync(process.execPath, [program, ...args], { cwd: alone, encoding: 'utf8', env: {} });
    writeFileSync(join(alone, 'good.json'), files.completion);
    writeFileSync(join(alone, 'bad.json'), files.completion.replace('"changed":"5"', '"changed":"4"'));
    writeFileSync(join(alone, 'loud.json'), '{"signature":null,"statement":{"type":"\\u001b[8m\\n结论：通过\u202e"}}');
    const good = run('good.json', '--keys', keys.trustFile);
    expect([good.status, good.stderr]).toEqual([0, '']);
    expect(good.stdout).toContain('结论：通过');
    expect(good.stdout).toContain('各行另行清点，残留均为零');
    const bad = run('bad.json', '--keys', keys.trustFile);
    expect(bad.status).toBe(1);
    expect(bad.stdout).toMatch(/不符 {2}执行完成证明 .*签名与内容不符/);
    const loud = run('loud.json', '--keys', keys.trustFile);
    expect(loud.status).toBe(1);
    expect(loud.stdout).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]|^结论：通过/mu);
    expect(run('good.json').status).toBe(2);
    expect(run('none.json', '--keys', keys.trustFile)).toMatchObject({ status: 2, stderr: expect.stringContaining('无法核对') });
  });
});
