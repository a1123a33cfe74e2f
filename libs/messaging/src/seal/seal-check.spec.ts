import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyring, signer, verifier } from '@hengji/host';
import { eventHeaders } from './event-headers';
import { parseSeal, SEAL_HEADER, sealRecords } from './record-seal';
import { sealCheck, sourceOf, type SealReader } from './seal-check';

const folder = mkdtempSync(join(tmpdir(), 'hengji-seal-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const recordOf = (topic: string, n: number) => ({
  key: `S0000210100${n % 7}`,
  value: Buffer.from(`value ${n}`),
  headers: eventHeaders({
    ...{ eventId: `event-${n}`, source: sourceOf('exam'), topic, key: `S0000210100${n % 7}`, sequence: String(n), type: 'x' },
    occurredAt: new Date(n),
  }),
});
const sendOf = (size: number) =>
  ['exam.v1', 'enforcement.reports.v1'].map((topic, i) => ({
    topic,
    records: Array.from({ length: size }, (_, n) => recordOf(topic, 2 * n + i)),
  }));

describe.each(['ED25519', 'SM2_SM3'] as const)('a send sealed with %s', (algorithm) => {
  const keys = keyring(join(folder, algorithm));
  keys.make('exam', algorithm, new Date(0));
  const by = { service: 'exam', signer: signer({ keyFile: keys.keyFile('exam') }), at: new Date('2026-11-03T01:02:03.456Z') };
  const trusted = verifier({ trustFile: keys.trustFile });

  it.each([1, 2, 3, 100])('of %i records is valid for each of them, with one signature, checked once a batch', (size) => {
    let checks = 0;
    const reader: SealReader = {
      verifier: { ...trusted, check: (...all) => ((checks += 1), trusted.check(...all)) },
      acceptUnsealed: false,
    };
    const batches = sealRecords(sendOf(size), by);
    const seals = batches.flatMap(({ records }) => records.map(({ headers }) => parseSeal(headers[SEAL_HEADER] ?? '')));
    expect(new Set(seals.map((seal) => Buffer.from(seal?.signature.value ?? []).toString('hex'))).size).toBe(1);
    for (const { topic, records } of batches) {
      const check = sealCheck(reader, { topic, writers: ['exam', 'subsidy'] });
      expect(new Set(records.map((record) => JSON.stringify(check(record))))).toEqual(new Set(['{"holds":true,"sealed":true}']));
    }
    expect(checks).toBe(batches.length);
  });

  it('is not valid for another value, key, topic, source or place', () => {
    const [{ records } = { records: [] }] = sealRecords(sendOf(5), by);
    const [first, second] = records;
    if (!first || !second) throw new Error('no records');
    const verdictOf = (record: typeof first, topic = 'exam.v1'): string => {
      const verdict = sealCheck({ verifier: trusted, acceptUnsealed: true }, { topic, writers: ['exam', 'subsidy'] })(record);
      return verdict.holds ? 'holds' : verdict.reason;
    };
    const withHeaders = (headers: Record<string, string>) => ({ ...first, headers: { ...first.headers, ...headers } });
    expect(verdictOf(first)).toBe('holds');
    expect(verdictOf({ ...first, value: Buffer.from('another') })).toBe('seal.forged');
    expect(verdictOf({ ...first, key: 'S' })).toBe('seal.forged');
    expect(verdictOf(first, 'subsidy.v1')).toBe('seal.forged');
    expect(verdictOf(withHeaders({ ce_source: sourceOf('subsidy') }))).toBe('seal.wrong_key');
    expect(verdictOf(withHeaders({ ce_source: sourceOf('enforcement') }))).toBe('seal.wrong_source');
    expect(verdictOf(withHeaders({ [SEAL_HEADER]: second.headers[SEAL_HEADER] ?? '' }))).toBe('seal.forged');
  });
});

it.each(['', 'x', 'a b c d 0/1 ', `exam:00 ED25519 2026-01-01T00:00:00.000Z ${'A'.repeat(86)} 0/1 AA`, 'x'.repeat(1_000_000)])(
  'finds no seal in a header that is not a seal',
  (text) => {
    expect(parseSeal(text)).toBeUndefined();
  },
);
