// Certificates that were forged with real keys: with enforcement's key alone, or by services that sign false statements.
// Every one of these once passed. Each must end with exit code 1 and name what does not hold.
import { appendLeaves, EMPTY_FRONTIER, merkleRoot } from '@hengji/domain-kit';
import { canonical } from '@hengji/host';
import { createHash } from 'node:crypto';
import { checkFile } from '../src/check-file';
import { printable } from '../src/printable';
import {
  AFFECTED,
  changing,
  COMPLETION,
  CONTRADICTIONS,
  EARLY,
  entries,
  FENCE,
  forging,
  LATE,
  LIFTING,
  ORDER,
  RECEIPT,
  RESIDUAL,
  type Fields,
} from './forging';
import { AT, sampleFiles, type Forgery, type SampleRow } from './sample-files';

const { keys, forged } = forging();

it.each<[string, Forgery]>([
  ['an order that stops the institution too', { held: true }],
  ['an order that was lifted', { lifted: true }],
  ['an order that stopped the institution, and was lifted', { held: true, lifted: true }],
  ['an order of two checks that start from one list', { back: true }],
])('%s passes unchanged', (_, forgery) => expect(forged(forgery)).toEqual([]));

describe('with enforcement’s key alone', () => {
  const rows = (change: (rows: readonly SampleRow[]) => readonly SampleRow[]): Forgery => ({ held: true, rows: change });
  it.each<[string, Forgery, string]>([
    ['measures without any row', rows(() => []), 'decision.rows'],
    [
      'a row left out though its measure is signed',
      rows((all) => all.filter(({ effect }) => effect !== 'VOID_CERTIFICATES')),
      'decision.rows',
    ],
    ['rows and receipts by enforcement itself', rows((all) => all.map((row) => ({ ...row, service: 'enforcement' }))), 'decision.rows'],
    ['two rows of one number', rows((all) => all.map((row, i) => (i === 8 ? { ...row, row: '8' } : row))), 'decision.rows'],
    ['a row twice', rows((all) => [...all, { ...(all[0] as SampleRow), row: '10' }]), 'decision.rows'],
    ['a gap in the numbers', rows((all) => all.map((row, i) => (i === 8 ? { ...row, row: '10' } : row))), 'decision.rows'],
    ['undo rows without a lifting', rows((all) => all.map((row) => ({ ...row, undoesRow: '99' }))), 'decision.rows'],
    ['a hold that nobody has', rows((all) => all.map((row, i) => (i === 5 ? { ...row, effect: 'HOLD_X' } : row))), 'decision.rows'],
    ['everything relabelled as a notice', rows((all) => all.map((row) => ({ ...row, effect: 'NOTIFY_POLICE' }))), 'decision.rows'],
    ['a row that waits for nobody', rows((all) => all.map((row) => ({ ...row, afterRow: '0' }))), 'decision.rows'],
    ['no measures', changing(ORDER, (order) => (order['measures'] = [])), 'decision.rows'],
    ['a measure that is none', changing(ORDER, (order) => entries(order['measures']).push('TELL_NOBODY' as never)), 'decision.rows'],
    ['an undo row short', { lifted: true, ...changing(LIFTING, (lifting) => entries(lifting['rows']).pop()) }, 'decisions.liftings'],
    [
      'a lifting of what was not ordered',
      { lifted: true, ...changing(LIFTING, (lifting) => entries(lifting['measures']).push('RECTIFY' as never)) },
      'decisions.liftings',
    ],
  ])('%s', (_, forgery, check) => expect(forged(forgery)).toContain(check));

  it('whether a transfer needs no fences depends on its measures, not on the names of its rows', () => {
    const without = changing(COMPLETION, (completion) => (completion['fences'] = []));
    expect(forged(without)).toContain('fences.complete');
    const relabelled = rows((all) => all.map((row) => ({ ...row, effect: 'NOTIFY_POLICE', service: 'exchange' })));
    expect(forged({ ...relabelled, ...without })).toEqual(expect.arrayContaining(['decision.rows', 'fences.complete']));
  });

  it('a certificate with two orders is refused, whichever order comes last', () => {
    const other = JSON.parse(
      sampleFiles(
        keys,
        'ED25519',
        changing(ORDER, (order) => (order['epoch'] = '3')),
      ).completion,
    ) as {
      statement: { decisions: unknown[] };
    };
    const first = other.statement.decisions[0];
    expect(forged(changing(COMPLETION, (completion) => (completion['decisions'] as unknown[]).unshift(first)))).toContain(
      'decisions.order',
    );
  });
});

const times = (change: Fields): Forgery => changing(COMPLETION, (completion) => Object.assign(completion['times'] as Fields, change));
const first = (list: string, change: Fields): Forgery =>
  changing(COMPLETION, (completion) => Object.assign(entries(completion[list])[0] as Fields, change));
const more = (list: string, entry: (list: Fields[]) => Fields): Forgery =>
  changing(COMPLETION, (completion) => entries(completion[list]).push(entry(entries(completion[list]))));

describe('the verifier computes again what a certificate states about itself', () => {
  it.each<[string, Forgery, string]>([
    ['fenced otherwise', times({ fenced: AT(2) }), 'times.fenced'],
    ['public never, though it was', times({ public: '' }), 'times.public'],
    ['public early', times({ public: AT(2) }), 'times.public'],
    ['receipts early', times({ receipts: AT(1) }), 'times.receipts'],
    ['zero early', times({ zero: AT(3) }), 'times.zero'],
    ['signed at another time', times({ signed: AT(1) }), 'times.signed'],
    ['completed before it was counted', times({ completed: EARLY }), 'times.order'],
    ['issued before it was signed', times({ issued: EARLY }), 'times.order'],
    ['a certificate older than its end', changing(COMPLETION, (c) => (c['issuedAt'] = AT(4))), 'times.order'],
    ['counted before the order', changing(RESIDUAL, (r) => (r['countedAt'] = '2026-06-01T00:00:00.000Z')), 'times.order'],
    ['counted after the end', changing(RESIDUAL, (r) => (r['countedAt'] = LATE)), 'times.order'],
    ['a fence after the end', changing(FENCE, (f) => (f['placedAt'] = LATE)), 'times.order'],
    ['compared before there was anything', changing(AFFECTED, (page) => (page['listedAt'] = EARLY)), 'times.order'],
    ['compared after the end', changing(CONTRADICTIONS, (answer) => (answer['answeredAt'] = LATE)), 'times.order'],
    [
      'receipts from before the order',
      changing(RECEIPT, (r) => Object.assign(r, { startedAt: EARLY, finishedAt: EARLY })),
      'receipt.after',
    ],
    ['receipts from after the count', changing(RECEIPT, (r) => (r['finishedAt'] = LATE)), 'times.order'],
    ['a lifting that ended before it was decided', { lifted: true, ...first('liftings', { completedAt: AT(9) }) }, 'times.order'],
    ['a seal older than the decision', changing(ORDER, (order) => (order['sealedAt'] = EARLY)), 'decision.order'],
    ['a seal younger than the certificate', changing(ORDER, (order) => (order['sealedAt'] = LATE)), 'times.order'],
    ['another institution', changing(COMPLETION, (c) => (c['institution'] = 'S000021019999')), 'certificate.institution'],
    ['another name', changing(COMPLETION, (c) => (c['institutionName'] = '别的学校')), 'certificate.institution'],
    ['lifted, and was not', changing(COMPLETION, (c) => (c['outcome'] = 'LIFTED')), 'certificate.outcome'],
    ['not lifted, and was', { lifted: true, ...changing(COMPLETION, (c) => (c['outcome'] = 'COMPLETED')) }, 'certificate.outcome'],
    ['lifted in part only', { lifted: true, ...changing(LIFTING, (lifting) => (lifting['whole'] = false)) }, 'certificate.outcome'],
    ['a lifting that has not ended', { lifted: true, ...first('liftings', { completedAt: '' }) }, 'liftings.complete'],
    ['a lifting listed twice', { lifted: true, ...more('liftings', ([one]) => ({ ...one })) }, 'liftings.complete'],
    ['a lifting decided twice', { lifted: true, ...more('decisions', (list) => ({ ...list.at(-1) })) }, 'decisions.liftings'],
    ['a fence twice', more('fences', ([one]) => ({ ...one })), 'fences.complete'],
    ['counted twice', more('residual', ([one]) => ({ ...one })), 'residual.zero'],
    ['no cross-checks', changing(COMPLETION, (c) => (c['crossChecks'] = [])), 'crossChecks.complete'],
    ['a cross-check short', changing(COMPLETION, (c) => entries(c['crossChecks']).pop()), 'crossChecks.complete'],
    ['prose for a version', changing(COMPLETION, (c) => (c['version'] = '最终')), 'file.shape'],
    ['a member more', changing(COMPLETION, (c) => (c['remark'] = '')), 'file.shape'],
  ])('%s', (_, forgery, check) => expect(forged(forgery)).toContain(check));
});

describe('a receipt agrees with itself and with what was signed', () => {
  const receipt = (change: Fields): Forgery => changing(RECEIPT, (statement) => Object.assign(statement, change));
  it.each<[string, Forgery, string]>([
    ['nothing found of what was signed', receipt({ matched: '0', changed: '0', leaves: '0' }), 'receipt.bound'],
    ['a negative number', receipt({ matched: '-5' }), 'file.shape'],
    ['more changed than found', receipt({ changed: '99' }), 'receipt.counts'],
    ['found, and neither changed nor so already', receipt({ changed: '4' }), 'receipt.counts'],
    ['left by what undoes nothing', receipt({ left: '5' }), 'receipt.counts'],
    ['more leaves than records', receipt({ leaves: '6' }), 'receipt.counts'],
    ['ended before it began', receipt({ startedAt: AT(4) }), 'receipt.counts'],
    ['a root in capitals', receipt({ root: 'AB'.repeat(32) }), 'file.shape'],
    ['a root with more behind it', receipt({ root: `${'ab'.repeat(32)}zz` }), 'file.shape'],
    ['no root', receipt({ root: '' }), 'file.shape'],
    ['a number of eight million digits', receipt({ fen: '9'.repeat(8_000_000) }), 'file.shape'],
    ['undo that is no truth', receipt({ undo: 'banana' }), 'file.shape'],
  ])('%s', (_, forgery, check) => {
    expect(forged(forgery)).toContain(check);
    expect(forged(forgery, 'receipt').length + forged(forgery, 'proof').length).toBeGreaterThan(0);
  });

  it('a receipt alone passes only for an effect that its service has, and the verifier reports that it saw no decision', () => {
    expect(forged({ rows: (rows) => rows.map((row) => ({ ...row, service: 'exam' })) }, 'receipt')).toEqual(['receipt.effect']);
    expect(forged({ rows: (rows) => rows.map((row) => ({ ...row, service: 'enforcement' })) }, 'receipt')).toEqual(['receipt.effect']);
    const { all: found } = checkFile(Buffer.from(sampleFiles(keys, 'ED25519').receipt), keys.list());
    expect(found).toContainEqual({ ok: true, check: 'receipt.alone', text: expect.stringContaining('没有随附处理决定') });
  });
});

describe('a leaf has exactly one reading', () => {
  const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
  const rootOf = (leaf: string): string =>
    Buffer.from(merkleRoot(sha256, appendLeaves(sha256, EMPTY_FRONTIER, [Buffer.from(leaf)]))).toString('hex');
  const alone = (leaf: string, record: Fields): Forgery => ({
    ...changing(RECEIPT, (receipt) => Object.assign(receipt, { matched: '1', changed: '1', leaves: '1', root: rootOf(leaf) })),
    record: { index: '0', path: [], ...record },
  });

  it('one record with its root passes', () => {
    expect(forged(alone('C-4\tISSUED\tVOID', {}), 'proof')).toEqual([]);
  });

  it.each<[string, Forgery, string]>([
    ['a tab in the id', alone('X\tY\tA\tB', { id: 'X\tY', before: 'A', after: 'B' }), 'inclusion.record'],
    ['the same leaf, split elsewhere', alone('X\tY\tA\tB', { id: 'X', before: 'Y', after: 'A\tB' }), 'inclusion.record'],
    ['a line break', alone('X\nY\tA\tB', { id: 'X\nY', before: 'A', after: 'B' }), 'inclusion.record'],
    ['minus nought', alone('C-4\tISSUED\tVOID', { index: '-0' }), 'file.shape'],
    ['a place outside the tree', alone('C-4\tISSUED\tVOID', { index: '1' }), 'inclusion.path'],
    ['a hash that is too short', { record: { path: ['ab'] } }, 'file.shape'],
  ])('%s', (_, forgery, check) => expect(forged(forgery, 'proof')).toContain(check));
});

it('prints no character that moves the cursor, is invisible, or reverses the writing direction', () => {
  const name = '\u001b[2J\u001b[H结论：通过\n\u009b8m\u202e\u2066\u200b\u2028';
  const file = canonical({ signature: null, statement: { type: name } });
  const [, finding] = checkFile(Buffer.from(file), keys.list()).all;
  expect(finding?.text).toContain(name);
  expect(printable(finding?.text ?? '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  expect(printable('处理决定 \u001b[8m')).toBe('处理决定 \\u{1b}[8m');
});
