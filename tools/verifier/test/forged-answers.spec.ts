// Forged versions of the statements that services sign beside their receipts (fences, counts, cross-checks). Either
// enforcement signs in the name of a service, or a genuine statement is used for what it does not state. Each case must
// end with exit code 1 and name what does not hold.
import { createHash } from 'node:crypto';
import { canonical } from '@hengji/host';
import { checkFile } from '../src/check-file';
import {
  AFFECTED,
  both,
  changing,
  COMPLETION,
  CONTRADICTIONS,
  entries,
  FENCE,
  forging,
  LATE,
  LIFTING,
  RECEIPT,
  RESIDUAL,
  saying,
  type Fields,
} from './forging';
import { AT, sampleFiles, type Forgery } from './sample-files';

const { keys, forged } = forging();

const SOMEWHERE_ELSE = 'cd'.repeat(32);
const signedBy = (type: string, key: string): Forgery => ({ signedBy: (statement, own) => (statement.type === type ? key : own) });
/** The certificate with its list of cross-check statements changed: fewer or more of them. */
const carrying = (change: (crossChecks: Fields[]) => Fields[]): Forgery =>
  changing(COMPLETION, (completion) => (completion['crossChecks'] = change(entries(completion['crossChecks']))));
const said = (one: Fields | undefined): Fields => one?.['statement'] as Fields;

describe('the statements of the services about their fences', () => {
  it.each<[string, Forgery, string]>([
    ['by enforcement in their name', signedBy(FENCE, 'enforcement'), 'fence.signature'],
    ['by one service for the others', signedBy(FENCE, 'exam'), 'fence.signature'],
    ['of another order', saying(FENCE, { orderId: 'o2' }), 'fence.order'],
    ['of another epoch', saying(FENCE, { epoch: '6' }), 'fence.order'],
    ['of a scope narrower than the order’s', saying(FENCE, { scope: SOMEWHERE_ELSE }), 'fence.order'],
    ['that ends with the order, though M1 is to stay', both({ held: true }, saying(FENCE, { standing: false })), 'fence.order'],
    ['that stays, though nothing was stopped', saying(FENCE, { standing: true }), 'fence.order'],
    ['moved afterwards', changing(COMPLETION, (c) => (said(entries(c['fences'])[0])['placedAt'] = AT(0))), 'fence.signature'],
    ['a fence of nobody', both(saying(FENCE, { service: 'enforcement' }), signedBy(FENCE, 'enforcement')), 'fences.complete'],
    ['of another kind', saying(FENCE, { type: 'hengji.fence.v2' }), 'fence.order'],
  ])('%s', (_, forgery, check) => expect(forged(forgery)).toContain(check));

  it('after M1 was lifted, a fence that ends with the order (standing = false) is accepted', () => {
    expect(forged(both({ held: true, lifted: true }, saying(FENCE, { standing: false })))).toEqual([]);
  });
});

describe('the counts of the services', () => {
  const rows = (change: (rows: Fields[]) => unknown): Forgery => changing(RESIDUAL, (counted) => change(entries(counted['rows'])));
  const part = { scope: SOMEWHERE_ELSE, rows: ['1'] };
  it.each<[string, Forgery, string]>([
    [
      'altered afterwards',
      both(
        rows(([row]) => Object.assign(row ?? {}, { count: '7' })),
        changing(COMPLETION, (c) =>
          entries(c['residual']).forEach((one) => Object.assign(entries(said(one)['rows'])[0] ?? {}, { count: '0' })),
        ),
      ),
      'residual.signature',
    ],
    ['by enforcement in their name', signedBy(RESIDUAL, 'enforcement'), 'residual.signature'],
    ['by one service for the others', signedBy(RESIDUAL, 'exam'), 'residual.signature'],
    ['of another order', saying(RESIDUAL, { orderId: 'o2' }), 'residual.answers'],
    ['by a service of another’s rows', both(saying(RESIDUAL, { service: 'exam' }), signedBy(RESIDUAL, 'exam')), 'residual.answers'],
    ['of another effect', rows(([row]) => Object.assign(row ?? {}, { effect: 'CLOSE_PLANS' })), 'residual.answers'],
    ['of the undoing instead of the effect', rows(([row]) => Object.assign(row ?? {}, { undo: true, undoesRow: '1' })), 'residual.answers'],
    ['for a row that is not', rows((all) => all.push({ ...all[0], row: '77' })), 'residual.answers'],
    ['of no row', rows((all) => all.splice(0)), 'residual.answers'],
    ['a row left out', rows((all) => all.pop()), 'residual.zero'],
    ['a row twice', rows((all) => all.push({ ...all[0] })), 'residual.zero'],
    ['in a scope narrower than the order’s', saying(RESIDUAL, { scope: SOMEWHERE_ELSE }), 'residual.answers'],
    ['without a part that was never lifted', saying(RESIDUAL, { lifted: [part] }), 'residual.answers'],
    ['without a part, where all is given back', both({ lifted: true }, saying(RESIDUAL, { lifted: [part] })), 'residual.answers'],
    ['while a court stayed the order', saying(RESIDUAL, { suspended: true }), 'residual.answers'],
    ['before the order was opened again', changing(RECEIPT, (r) => (r['finishedAt'] = AT(5))), 'residual.after'],
    ['of another kind', saying(RESIDUAL, { type: 'hengji.residual.v2' }), 'residual.answers'],
  ])('%s', (_, forgery, check) => expect(forged(forgery)).toContain(check));

  it('a count may leave out what was lifted by then, but not what was lifted only later', () => {
    const { completion } = sampleFiles(keys, 'ED25519', { lifted: true });
    const { decisions } = (
      JSON.parse(completion) as { statement: { decisions: { statement: { scope: never; rows: { undoesRow: string }[] } }[] } }
    ).statement;
    const lifting = decisions.at(-1)?.statement;
    const scope = createHash('sha256')
      .update(canonical(lifting?.scope ?? null))
      .digest('hex');
    const leftOut = changing(RESIDUAL, (counted) => {
      const isOwn = entries(counted['rows']).every(({ undo }) => undo === false);
      if (isOwn) counted['lifted'] = [{ scope, rows: lifting?.rows.map(({ undoesRow }) => undoesRow) }];
    });
    expect(forged(both({ lifted: true }, leftOut))).toEqual([]);
    const later = both(leftOut, saying(LIFTING, { liftedAt: LATE, sealedAt: LATE }));
    expect(forged(both({ lifted: true }, later))).toContain('residual.answers');
    expect(forged(both({ lifted: true }, saying(LIFTING, { liftedAt: LATE, sealedAt: LATE })))).not.toContain('residual.answers');
  });
});

describe('the comparisons between two services', () => {
  const isPage = (one: Fields): boolean => said(one)['type'] === AFFECTED;
  const ofPage = (after: string) => (one: Fields) => isPage(one) && said(one)['after'] === after;
  it.each<[string, Forgery, string]>([
    ['lists by enforcement', signedBy(AFFECTED, 'enforcement'), 'crossChecks.signature'],
    ['answers by enforcement', signedBy(CONTRADICTIONS, 'enforcement'), 'crossChecks.signature'],
    ['answers by who lists', signedBy(CONTRADICTIONS, 'exam'), 'crossChecks.signature'],
    [
      'answers in another’s name',
      both(saying(CONTRADICTIONS, { service: 'exam' }), signedBy(CONTRADICTIONS, 'exam')),
      'crossChecks.complete',
    ],
    ['lists of another order', saying(AFFECTED, { orderId: 'o2' }), 'crossChecks.order'],
    ['answers of another order', saying(CONTRADICTIONS, { orderId: 'o2' }), 'crossChecks.order'],
    ['lists of another row', saying(AFFECTED, { row: '3' }), 'crossChecks.complete'],
    ['no first page', carrying((all) => all.filter((one) => !ofPage('')(one))), 'crossChecks.complete'],
    ['no last page', carrying((all) => all.filter((one) => !ofPage('C-3')(one))), 'crossChecks.complete'],
    ['a page twice', carrying((all) => [...all, ...all.filter(ofPage('C-3'))]), 'crossChecks.complete'],
    ['pages that end nowhere', changing(AFFECTED, (page) => (page['next'] = 'C-3')), 'crossChecks.complete'],
    ['a page without its answer', carrying((all) => all.filter((one, i) => isPage(one) || i < 2)), 'crossChecks.complete'],
    ['an answer twice', carrying((all) => [...all, ...all.filter((one) => !isPage(one)).slice(0, 1)]), 'crossChecks.complete'],
    ['an answer about other ids', saying(CONTRADICTIONS, { sha256: SOMEWHERE_ELSE }), 'crossChecks.complete'],
    ['an answer about fewer ids', saying(CONTRADICTIONS, { count: '1' }), 'crossChecks.complete'],
    ['an answer to another check', saying(CONTRADICTIONS, { check: 'REMOVED_FILING_OPEN_PLAN' }), 'crossChecks.demanded'],
    ['a list for another check', saying(AFFECTED, { checks: ['REMOVED_FILING_OPEN_PLAN'] }), 'crossChecks.demanded'],
    [
      'one of two checks of a list',
      both(
        { back: true },
        changing(AFFECTED, (page) => entries(page['checks']).splice(1)),
      ),
      'crossChecks.complete',
    ],
    ['a list without a part that was never lifted', saying(AFFECTED, { without: [SOMEWHERE_ELSE] }), 'crossChecks.complete'],
    ['listed before the receipt', saying(AFFECTED, { listedAt: AT(2) }), 'crossChecks.after'],
    ['answered before the receipt', saying(CONTRADICTIONS, { answeredAt: AT(2) }), 'crossChecks.after'],
    [
      'an answer altered afterwards',
      carrying((all) => all.map((one) => ({ ...one, statement: { ...said(one), count: '2' } }))),
      'crossChecks.signature',
    ],
    [
      'no comparison after it was lifted',
      both(
        { lifted: true },
        carrying(() => []),
      ),
      'crossChecks.complete',
    ],
    ['of another kind', saying(CONTRADICTIONS, { type: 'hengji.contradictions.v2' }), 'crossChecks.order'],
  ])('%s', (_, forgery, check) => expect(forged(forgery)).toContain(check));
});

it('a v1 certificate, from before these statements were signed, is reported as v1 and nothing else fails', () => {
  const v1 = saying(COMPLETION, { type: 'hengji.completion.v1', fences: [], residual: [], crossChecks: [] });
  expect(forged(v1)).toEqual(['certificate.v1']);
  const { all: found } = checkFile(Buffer.from(sampleFiles(keys, 'ED25519', v1).completion), keys.list());
  expect(found.at(-1)?.text).toContain('只是执法服务自己的话');
  expect(
    forged(
      both(
        v1,
        changing(RECEIPT, (receipt) => (receipt['orderId'] = 'o2')),
      ),
    ),
  ).toContain('receipt.answers');
});
