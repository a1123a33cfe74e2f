import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sm2 } from 'sm-crypto-v2';
import { ALGORITHMS, keyIdOf, type AlgorithmName } from './algorithms';
import { canonical } from './canonical';
import { keyring } from './keyring';
import { signer, standingOf, verifier } from './signer';
import { checkSignature, parseTrustList } from './trust';

const NAMES = Object.keys(ALGORITHMS) as AlgorithmName[];
const STATEMENT = { type: 'hengji.test.v1', 中: '文', n: '1' } as const;
const folders: string[] = [];
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'signing-'));
  folders.push(made);
  return made;
};
afterAll(() => folders.forEach((made) => rmSync(made, { recursive: true })));
const reason = (slug: string) => expect.objectContaining({ reason: `signature.${slug}` });

describe('canonical (RFC 8785)', () => {
  it('gives the RFC’s own example, byte for byte', () => {
    const value = {
      numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(canonical(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('sorts names by UTF-16 code units, as in the RFC’s section 3.2.3', () => {
    const names = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6'];
    const sorted = Object.keys(JSON.parse(canonical(Object.fromEntries(names.map((name) => [`_${name}`, 0])))) as object);
    expect(sorted).toEqual(['\r', '1', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33'].map((name) => `_${name}`));
  });

  it.each([undefined, 1n, new Date(0), Number.NaN, { a: undefined }, ['\ud800']])('refuses a value outside JSON: %p', (value) => {
    expect(() => canonical(value as never)).toThrow(TypeError);
  });
});

describe.each(NAMES)('%s', (name) => {
  const algorithm = ALGORITHMS[name];
  const key = algorithm.generate();
  const bytes = Buffer.from('处理决定');

  it('accepts its own signature, and none with a changed bit in signature, text or key', () => {
    const signature = algorithm.sign(bytes, key);
    expect(signature).toHaveLength(64);
    expect(algorithm.verify(bytes, signature, key.publicKey)).toBe(true);
    for (let i = 0; i < 64; i += 9) {
      const altered = Buffer.from(signature);
      altered[i] = (altered[i] ?? 0) ^ 1;
      expect(algorithm.verify(bytes, altered, key.publicKey)).toBe(false);
    }
    expect(algorithm.verify(Buffer.from('处理决定。'), signature, key.publicKey)).toBe(false);
    expect(algorithm.verify(bytes, signature, algorithm.generate().publicKey)).toBe(false);
    expect(algorithm.verify(bytes, Buffer.alloc(64), key.publicKey)).toBe(false);
    expect(algorithm.verify(bytes, signature.subarray(1), key.publicKey)).toBe(false);
    expect(algorithm.verify(bytes, Buffer.concat([signature, Buffer.of(0)]), key.publicKey)).toBe(false);
  });

  it('makes keys whose ids are derived from them', () => {
    expect(keyIdOf('exam', name, key.publicKey)).toMatch(/^exam:[0-9a-f]{16}$/);
    expect(() => keyIdOf('exam', name, key.publicKey.toUpperCase())).toThrow('lower-case hex');
    expect(() => keyIdOf('exam', name, key.publicKey.slice(2))).toThrow('no');
  });
});

it('refuses a wrong SM2 signature in half of the time that it takes without the multiples of the key', () => {
  const { publicKey } = ALGORITHMS.SM2_SM3.generate();
  const message = Buffer.from('a statement');
  const wrong = Array.from({ length: 15 }, () => randomBytes(64));
  const timeOf = (check: (signature: Buffer) => boolean): number => {
    check(randomBytes(64));
    const began = performance.now();
    for (const signature of wrong) expect(check(signature)).toBe(false);
    return performance.now() - began;
  };
  const plain = timeOf((signature) => sm2.doVerifySignature(message, signature.toString('hex'), publicKey, { hash: true, der: false }));
  expect(timeOf((signature) => ALGORITHMS.SM2_SM3.verify(message, signature, publicKey))).toBeLessThan(plain / 2);
});

// The test vector proves that this is standard SM2: `openssl pkeyutl -sign -rawin -digest sm3 -pkeyopt distid:1234567812345678` made it
// over `处理决定`. Where OpenSSL is installed, it also checks a signature of ours.
describe('SM2 compared with OpenSSL', () => {
  const message = Buffer.from('处理决定');

  const VECTOR = {
    publicKey:
      '049e736a214daefd02d4b65d834b9bb40658a03fd5921dc8abe8500cab4e163bcdf625a9f33a35c9673dc989eadbd18dbb09715edad9540641418c978cea88c520',
    signature:
      'a4affbdd625949d21743c2673b6e6ae6f6a9d72b43a11b5717ec28d4efeee8ea2dd890e065188dd34294bf94912c1f98be82028a0ce36b62aaabdacf2e6e423f',
  };

  const openssl = (args: string[], cwd: string) => spawnSync('openssl', args, { cwd, encoding: 'utf8' });
  const der = (raw: Buffer): Buffer => {
    const integer = (half: Buffer): Buffer => {
      const trimmed = half.subarray(
        Math.max(
          0,
          half.findIndex((byte) => byte !== 0),
        ),
      );
      const body = (trimmed[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), trimmed]) : trimmed;
      return Buffer.concat([Buffer.of(2, body.length), body]);
    };
    const both = Buffer.concat([integer(raw.subarray(0, 32)), integer(raw.subarray(32))]);
    return Buffer.concat([Buffer.of(0x30, both.length), both]);
  };
  const spki = (publicKey: string): string => {
    const prefix = '3059301306072a8648ce3d020106082a811ccf5501822d034200';
    const base64 = Buffer.from(prefix + publicKey, 'hex').toString('base64');
    return `-----BEGIN PUBLIC KEY-----\n${base64.replace(/(.{64})/g, '$1\n')}\n-----END PUBLIC KEY-----\n`;
  };

  it('accepts the stored test vector, and not with another identity', () => {
    const { publicKey, signature } = VECTOR;
    expect(ALGORITHMS.SM2_SM3.verify(message, Buffer.from(signature, 'hex'), publicKey)).toBe(true);
    expect(sm2.doVerifySignature(message, signature, publicKey, { hash: true, userId: 'another', der: false })).toBe(false);
  });

  it('makes signatures that OpenSSL accepts', () => {
    const version = spawnSync('openssl', ['version'], { encoding: 'utf8' });
    // Without OpenSSL 3 on the machine the test vector above still tests the other direction.
    if (!/OpenSSL 3/.test(version.stdout ?? '')) return;
    const at = folder();
    const key = ALGORITHMS.SM2_SM3.generate();
    writeFileSync(join(at, 'pub.pem'), spki(key.publicKey));
    writeFileSync(join(at, 'msg'), message);
    writeFileSync(join(at, 'sig'), der(ALGORITHMS.SM2_SM3.sign(message, key)));
    const check = ['pkeyutl', '-verify', '-pubin', '-inkey', 'pub.pem', '-in', 'msg', '-rawin', '-digest', 'sm3', '-sigfile', 'sig'];
    expect(openssl([...check, '-pkeyopt', 'distid:1234567812345678'], at).stdout).toContain('Verified Successfully');
  });
});

describe('key files', () => {
  it('are readable by their owner only, made once, and make signatures that the list accepts', () => {
    const keys = keyring(folder());
    const id = keys.make('exam', 'ED25519');
    expect(keys.make('exam', 'SM2_SM3')).toBe(id);
    expect(statSync(keys.keyFile('exam')).mode & 0o777).toBe(0o600);
    expect(readFileSync(keys.trustFile, 'utf8')).not.toContain('privateKey');
    const signature = signer({ keyFile: keys.keyFile('exam') }).sign(STATEMENT);
    expect(signature.keyId).toBe(id);
    const { check } = verifier({ trustFile: keys.trustFile });
    const signed = { service: 'exam', signedAt: new Date() };
    check(STATEMENT, signature, signed);
    expect(() => check({ ...STATEMENT, n: '2' }, signature, signed)).toThrow(reason('invalid'));
    expect(() => check(STATEMENT, null, signed)).toThrow(reason('missing'));
    expect(() => check(STATEMENT, signature, { ...signed, service: 'subsidy' })).toThrow(reason('wrong_service'));
    expect(() => check(STATEMENT, { ...signature, keyId: 'exam:0' }, signed)).toThrow(reason('key_unknown'));
    expect(() => check(STATEMENT, { ...signature, algorithm: 'SM2_SM3' }, signed)).toThrow(reason('algorithm_differs'));
    expect(() => check(STATEMENT, signature, { ...signed, signedAt: new Date(0) })).toThrow(reason('key_not_yet_valid'));
    expect(() => check({ ...STATEMENT, n: 1n as never }, signature, signed)).toThrow(reason('not_json'));
  });

  it('can be rotated while a signer runs: old statements stay valid, new ones use the new key, the retired key signs no more', () => {
    const keys = keyring(folder());
    keys.make('exam', 'ED25519');
    const { sign } = signer({ keyFile: keys.keyFile('exam') });
    const { check } = verifier({ trustFile: keys.trustFile });
    const [first, at] = [sign(STATEMENT), new Date()];
    const stolen = keyring(folder());
    writeFileSync(stolen.keyFile('exam'), readFileSync(keys.keyFile('exam')));
    const retiredFrom = Date.now();
    const second = keys.rotate('exam', { algorithm: 'SM2_SM3' });
    const after = sign(STATEMENT);
    expect(after).toMatchObject({ keyId: second, algorithm: 'SM2_SM3' });
    check(STATEMENT, after, { service: 'exam', signedAt: new Date() });
    if (at.getTime() < retiredFrom) check(STATEMENT, first, { service: 'exam', signedAt: at });
    const late = signer({ keyFile: stolen.keyFile('exam') }).sign(STATEMENT);
    expect(() => check(STATEMENT, late, { service: 'exam', signedAt: new Date(Date.now() + 1) })).toThrow(reason('key_retired'));
    // After a revocation its signatures are invalid alone, but valid where another key witnessed them before.
    const revokedAt = new Date();
    keys.revoke(first.keyId, revokedAt);
    const early = { service: 'exam', signedAt: new Date(at.getTime() - 1) };
    expect(() => check(STATEMENT, first, early)).toThrow(reason('key_revoked'));
    check(STATEMENT, first, { ...early, witnessedAt: new Date(revokedAt.getTime() - 1) });
    expect(() => check(STATEMENT, first, { ...early, witnessedAt: revokedAt })).toThrow(reason('key_revoked'));
  });

  it('report the state of a stored signature’s key; a date chosen without a key is no excuse', () => {
    const keys = keyring(folder());
    keys.make('exam', 'ED25519');
    const good = signer({ keyFile: keys.keyFile('exam') }).sign(STATEMENT);
    const { check, checkStored } = verifier({ trustFile: keys.trustFile });
    const invented = { ...good, value: Buffer.alloc(64) };
    const at = new Date();
    const dates = [at, new Date(0), new Date(Number.NaN), new Date(at.getTime() + 86_400_000)];
    const standing = (signature: typeof good, signedAt: Date) =>
      standingOf(() => checkStored(STATEMENT, signature, { service: 'exam', signedAt }));
    expect(standing(good, at)).toBe('good');
    expect(dates.map((date) => standing(invented, date))).toEqual(['forged', 'forged', 'forged', 'forged']);
    expect([standing(good, new Date(0)), standing(good, new Date(Number.NaN))]).toEqual(['forged', 'forged']);
    // For a received statement the date is checked first: it costs less.
    expect(() => check(STATEMENT, invented, { service: 'exam', signedAt: new Date(0) })).toThrow(reason('key_not_yet_valid'));
    keys.revoke(good.keyId, at);
    expect(standing(good, at)).toBe('ended');
    expect(dates.map((date) => standing(invented, date))).toEqual(['forged', 'forged', 'forged', 'forged']);
  });

  it('report the fault of a list: not a list, another key under a name, no date', () => {
    const keys = keyring(folder());
    keys.make('exam', 'ED25519');
    keys.make('subsidy', 'SM2_SM3');
    const text = readFileSync(keys.trustFile, 'utf8');
    const [exam, subsidy] = keys.list();
    expect(() => parseTrustList('{}')).toThrow('no keys');
    expect(() => parseTrustList(text.replace(exam?.publicKey ?? '', 'ab'.repeat(32)))).toThrow('not that of the key');
    expect(() => parseTrustList(text.replace(/"notBefore":"[^"]*"/, '"notBefore":"soon"'))).toThrow('notBefore');
    expect(parseTrustList(text)).toEqual([exam, subsidy]);
    expect(parseTrustList(JSON.stringify(JSON.parse(text)))).toEqual([exam, subsidy]);
    const undated = { service: 'exam', signedAt: new Date('') };
    const signature = signer({ keyFile: keys.keyFile('exam') }).sign(STATEMENT);
    expect(() => checkSignature(keys.list(), STATEMENT, signature, undated)).toThrow(reason('key_not_yet_valid'));
    expect(() => checkSignature([], STATEMENT, undefined, { service: 'exam', signedAt: new Date() })).toThrow(reason('missing'));
  });

  // Each of these was once accepted as a list in which the key had not ended.
  it.each<[string, (text: string) => string, string]>([
    ['a key twice', (text) => text.replace(/(\{"keyId".*\})\n/, '$1,\n$1\n'), 'twice'],
    ['a misspelt member', (text) => text.replace('"revokedAt":null', '"revokedat":"2026-01-01T00:00:00.000Z"'), 'unknown member revokedat'],
    ['a member at the top', (text) => text.replace('"keys"', '"revoked": [],\n  "keys"'), 'unknown member revoked'],
    ['a member twice', (text) => text.replace('"revokedAt":null', '"revokedAt":"2026-01-01T00:00:00.000Z","revokedAt":null'), 'twice'],
    ['a date that is none', (text) => text.replace(/"notBefore":"[^"]*"/, '"notBefore":"1"'), 'notBefore'],
    ['a date of no zone', (text) => text.replace('"retiredAt":null', '"retiredAt":"2026-01-01T00:00:00"'), 'retiredAt'],
    ['a day that is none', (text) => text.replace('"retiredAt":null', '"retiredAt":"2026-13-01T00:00:00Z"'), 'retiredAt'],
  ])('refuse a list with %s', (_, change, says) => {
    const keys = keyring(folder());
    keys.make('exam', 'ED25519');
    const text = readFileSync(keys.trustFile, 'utf8');
    const changed = change(text);
    expect(changed).not.toBe(text);
    expect(() => parseTrustList(changed)).toThrow(says);
  });
});
