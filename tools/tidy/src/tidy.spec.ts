import { join } from 'node:path';
import { FIXTURES } from './fixtures';
import { RULES, type Rule } from './rules';
import { repositoryTree, type Tree } from './tree';

const root = join(__dirname, '../../..');
const rules = Object.entries(RULES) as [keyof typeof RULES, Rule][];

describe('the repository follows each rule', () => {
  const tree = repositoryTree(root);
  it.each(rules)('%s', (_name, rule) => expect(rule(tree)).toEqual([]));
});

describe('each rule fails on its fixtures', () => {
  const cases = rules.flatMap(([name, rule]) =>
    (FIXTURES[name] as readonly Tree[]).map((tree, i): [string, Rule, Tree] => [`${name} ${i + 1}`, rule, tree]),
  );
  it.each(cases)('%s', (_name, rule, tree) => expect(rule(tree)).not.toEqual([]));
});
