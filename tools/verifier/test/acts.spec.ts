// A file of acts as an outsider has it. An unchanged file passes. In a file that is altered, cut or reordered, the
// verifier names the first act that does not hold.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyring, signer } from '@hengji/host';
import { actLine, chainHash, checkpointLine, checkpointStatement, NOTHING_BEFORE, type Act, type ChainedAct } from '@hengji/procedure';
import { checkActs } from '../src/acts/check-acts';

const folder = mkdtempSync(join(tmpdir(), 'acts-'));
afterAll(() => rmSync(folder, { recursive: true }));
const keys = keyring(folder);
keys.make('exam', 'ED25519', new Date(0));
keys.make('subsidy', 'ED25519', new Date(0));

const AT = new Date('2026-11-23T02:00:00.000Z');
const act = (n: number): Act => ({
  by: { kind: 'PERSON', id: `u${n}`, account: `u${n}`, name: '王科', role: 'CITY_OFFICER', post: '', authority: '2101', institution: '' },
  what: 'RecordResults',
  on: { kind: 'session', id: `s${n}`, institution: 'S000021010003' },
  evidence: ['a1'],
  ...{ orderId: '', caseId: '', purpose: '', requestId: `r${n}` },
});

/** The acts, chained as the service chains them. */
const chained = (acts: readonly Act[]): ChainedAct[] => {
  let previous = NOTHING_BEFORE;
  return acts.map((one, i) => {
    const placed = { ...one, position: BigInt(i + 1), at: AT, previous };
    previous = chainHash(placed);
    return { ...placed, hash: previous };
  });
};

const checkpointAt = (chain: readonly ChainedAct[], number: number, position: number, service = 'exam'): string => {
  const checkpoint = { number: BigInt(number), position: BigInt(position), hash: chain[position - 1]?.hash ?? '', at: AT };
  const signature = signer({ keyFile: keys.keyFile(service) }).sign(checkpointStatement(service, checkpoint));
  return checkpointLine(service, { ...checkpoint, signature });
};

/** Eight acts, with checkpoints after the third and the sixth. */
const CHAIN = chained([1, 2, 3, 4, 5, 6, 7, 8].map(act));
const LINES = CHAIN.flatMap((one, i) => [
  actLine(one),
  ...(i === 2 ? [checkpointAt(CHAIN, 1, 3)] : i === 5 ? [checkpointAt(CHAIN, 2, 6)] : []),
]);
/** The line in LINES of the act at this position. */
const lineOf = (position: number): number => position - 1 + (position > 3 ? 1 : 0) + (position > 6 ? 1 : 0);

const failed = (lines: readonly string[]): string[] =>
  checkActs(lines, keys.list())
    .all.filter(({ ok }) => !ok)
    .map(({ check, text }) => `${check} ${text}`);

it('passes unchanged, and reports which acts no checkpoint covers', () => {
  const found = checkActs(LINES, keys.list());
  expect(found.ok).toBe(true);
  expect(found.all.map(({ check }) => check)).toEqual(['acts.chain', 'acts.covered', 'acts.open']);
  expect(found.all.at(-1)?.text).toContain('第7条至第8条');
});

it.each([1, 4, 8])('names act %i when any of its members is altered', (position) => {
  const at = lineOf(position);
  const line = JSON.parse(LINES[at] ?? '') as Record<string, unknown>;
  for (const name of Object.keys(line).filter((one) => !['type', 'position', 'evidence', 'by', 'on'].includes(one))) {
    const altered = LINES.with(at, JSON.stringify({ ...line, [name]: name === 'at' ? '2026-11-23T02:00:00.001Z' : 'f'.repeat(64) }));
    expect([name, failed(altered)]).toEqual([name, [expect.stringContaining(`第${position}条办理记录被改动`)]]);
  }
  for (const other of ['"id":"u9"', '"id":"s9"'].map((one) => (LINES[at] ?? '').replace(new RegExp(`"id":"${one[6]}${position}"`), one)))
    expect(failed(LINES.with(at, other))).toEqual([expect.stringContaining(`第${position}条办理记录被改动`)]);
});

it.each([1, 2, 4, 5, 7])('names act %i when it is missing', (position) => {
  expect(failed(LINES.toSpliced(lineOf(position), 1))).toEqual([expect.stringContaining(`第${position}条`)]);
  expect(failed(LINES.toSpliced(lineOf(position), 1))[0]).toMatch(/^acts\.missing /);
});

it('names the first act that is out of order, and an act that appears twice', () => {
  const [four, five] = [LINES[lineOf(4)] ?? '', LINES[lineOf(5)] ?? ''];
  expect(failed(LINES.with(lineOf(4), five).with(lineOf(5), four))).toEqual([expect.stringContaining('第4条办理记录缺失，或次序被打乱')]);
  expect(failed(LINES.toSpliced(lineOf(5), 0, four))).toEqual([expect.stringContaining('第4条办理记录重复')]);
});

it('reports between which checkpoints acts were altered when the whole chain was computed again', () => {
  const forged = chained([1, 2, 3, 4, 5, 6, 7, 8].map((n) => (n === 5 ? { ...act(n), what: 'PublishResults' } : act(n))));
  const lines = LINES.map((line, i) =>
    line.includes('"statement"') ? line : actLine(forged[i - (i > 3 ? 1 : 0) - (i > 7 ? 1 : 0)] as ChainedAct),
  );
  expect(failed(lines)).toEqual([expect.stringMatching(/^acts\.rewritten .*第4条至第6条办理记录中有被改动/)]);
  const shorter = chained([1, 2, 3, 5, 6, 7, 8].map(act));
  const cut = [...shorter.slice(0, 3).map(actLine), LINES[3] ?? '', ...shorter.slice(3, 6).map(actLine), LINES[7] ?? ''];
  expect(failed(cut)).toEqual([expect.stringMatching(/^acts\.rewritten .*第4条至第6条/)]);
});

it('names acts that a checkpoint has covered and that are missing at the end', () => {
  expect(failed([...LINES.slice(0, 5), LINES[7] ?? ''])).toEqual([expect.stringContaining('第5条至第6条办理记录缺失')]);
});

it('fails when a checkpoint is missing, of another service, of another key, or altered', () => {
  expect(failed(LINES.toSpliced(3, 1))).toEqual([expect.stringMatching(/^acts\.checkpoint\.missing .*第1个检查点缺失/)]);
  expect(failed(LINES.with(7, checkpointAt(CHAIN, 2, 6, 'subsidy')))).toEqual([expect.stringMatching(/^acts\.checkpoint\.service /)]);
  expect(failed(LINES.map((line) => line.replace('"service":"exam"', '"service":"subsidy"')))).toEqual([
    expect.stringMatching(/^acts\.line /),
  ]);
  const forged = LINES.with(7, checkpointAt(CHAIN, 2, 6).replace('02:00:00.000Z', '02:00:00.001Z'));
  expect(failed(forged)).toEqual([expect.stringContaining('签名与内容不符')]);
});

it('fails without any checkpoint, without acts, or when a line is written in another form', () => {
  expect(failed(CHAIN.map(actLine))).toEqual([expect.stringMatching(/^acts\.covered /)]);
  expect(failed([])).toHaveLength(2);
  expect(failed(LINES.with(1, `${LINES[1] ?? ''} `))).toEqual([expect.stringMatching(/^acts\.canonical 第2行/)]);
  expect(failed(LINES.with(1, 'null'))).toEqual([expect.stringMatching(/第2行/)]);
});
