import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryTree, type Tree } from '../tree';
import { checkClauses, citationFaults, NOTICE_CLAUSES, standingFaults } from './check';
import { clausesDocument, DOCUMENT } from './document';
import type { Standing } from './standing';

const ROOT = join(__dirname, '../../../..');
if (process.env['UPDATE_DOCS'] === '1') writeFileSync(join(ROOT, DOCUMENT), clausesDocument(NOTICE_CLAUSES));

const RULE = 'apps/exam/src/domain/result.ts';
const TEST = 'apps/exam/src/domain/result.spec.ts';
const TREE: Tree = new Map([
  [RULE, '// 逢考必录 (N3.7b).\nexport const decide = 1;'],
  [TEST, "it('records a result', () => undefined)"],
  ['apps/console/src/app.tsx', `<Route path="/results/:id" />{['plans', 'results'].map((list) => 1)}`],
]);
const standing = (change: Partial<Extract<Standing, { state: 'done' }>> = {}): Standing => ({
  ...{ state: 'done', demand: 'x', rules: [`${RULE}#decide`], screens: ['/results/:id', '/plans'] },
  ...{ tests: [[TEST, 'records a result']], ...change },
});

describe('a clause that is called done', () => {
  it('is served by what exists', () => expect(standingFaults(TREE, 'N3.7b', standing())).toEqual([]));

  it.each([
    ['a file that is missing', { rules: ['apps/exam/src/domain/none.ts'] }, 'N3.7b: apps/exam/src/domain/none.ts does not exist'],
    ['a symbol that is missing', { rules: [`${RULE}#refuse`] }, `N3.7b: ${RULE} has no refuse`],
    ['a page that is missing', { screens: ['/papers'] }, 'N3.7b: the console has no page /papers'],
    [
      'a test file that is missing',
      { tests: [['apps/exam/src/domain/none.spec.ts', 'x']] },
      'N3.7b: apps/exam/src/domain/none.spec.ts is no test',
    ],
    ['a source file as its test', { tests: [[RULE, 'N3.7b']] }, `N3.7b: ${RULE} is no test`],
    ['a title that is missing', { tests: [[TEST, 'records']] }, `N3.7b: ${TEST} has no test “records”`],
  ] as const)('does not name %s', (_, change, fault) => expect(standingFaults(TREE, 'N3.7b', standing(change))).toEqual([fault]));

  it('is cited by its rule', () =>
    expect(standingFaults(TREE, 'N3.7a', standing())).toEqual([`N3.7a: ${RULE} serves the clause and does not cite it`]));
});

describe('a citation', () => {
  it.each([
    ['apps/exam/src/domain/scores.ts', "rule: 'N3.7b'"],
    ['apps/exam/test/results.int.spec.ts', "rule: 'N2.2a'"],
    ['proto/hengji/exam/v1/exam.proto', '// N3.7b'],
  ])('in %s is right: %s', (path, text) => expect(citationFaults(path, text)).toEqual([]));

  it.each([
    ['N3.7f', "rule: 'N3.7f'", 'apps/exam/src/domain/scores.ts cites N3.7f; no clause has this id'],
    ['a clause without its letter', "rule: 'N2.2'", 'apps/exam/src/domain/scores.ts cites N2.2; no clause has this id'],
    [
      'a clause of another service',
      '// N3.5d',
      'apps/exam/src/domain/scores.ts cites N3.5d, which no rule of this project serves (docs/CLAUSES.md)',
    ],
    [
      'a clause that nothing serves',
      '// N4d',
      'apps/exam/src/domain/scores.ts cites N4d, which no rule of this project serves (docs/CLAUSES.md)',
    ],
  ])('of %s is refused', (_, text, fault) => expect(citationFaults('apps/exam/src/domain/scores.ts', text)).toEqual([fault]));
});

it('the technologies and the layout are those that the owner asked for', () => {
  const faults = (tree: Tree): string[] => checkClauses(tree).filter((fault) => /^D[12]: (package|.* does not exist)/.test(fault));
  const tree = repositoryTree(ROOT);
  expect(faults(tree)).toEqual([]);
  expect(faults(new Map([...tree].filter(([path]) => path !== 'nx.json')))).toEqual(['D2: nx.json does not exist']);
  const packages = (tree.get('package.json') ?? '').replace('"kafkajs"', '"other"');
  expect(faults(new Map([...tree, ['package.json', packages]]))).toEqual(['D1: package.json has no kafkajs']);
});
