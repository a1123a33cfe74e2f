// Checks that each event has a producer, each topic an owner, and each RPC a table of callers. A contract that nothing
// implements would be wrong.
import { appsOf, isTest, type Tree } from './tree';

const camel = (snake: string): string => snake.replace(/_([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase());

/** Names of the union members in the envelopes (messages named …Event with a oneof body). */
const eventsOf = (proto: string): string[] =>
  [...proto.matchAll(/message \w+Event \{[\s\S]*?oneof body \{([\s\S]*?)\}/g)].flatMap((found) =>
    [...(found[1] ?? '').matchAll(/^\s*[\w.]+ (\w+) = \d+;/gm)].map((line) => camel(line[1] ?? '')),
  );

export const checkContracts = (tree: Tree): string[] => {
  const source = [...tree]
    .filter(([path]) => /^(apps|libs)\/[^/]+\/src\//.test(path) && !isTest(path))
    .map(([, text]) => text)
    .join('\n');
  const unproduced = [...tree]
    .filter(([path]) => path.endsWith('_events.proto'))
    .flatMap(([path, text]) =>
      eventsOf(text).flatMap((event) => (source.includes(`$case: '${event}'`) ? [] : [`${path}: nobody produces ${event}`])),
    );
  const apps = appsOf(tree);
  const topics = tree.get('libs/contracts/src/topics.ts') ?? '';
  const ownerless = [...topics.matchAll(/topic<\w+>\('([^']+)', '([^']+)'/g)].flatMap((found) =>
    found[2] === 'many' || apps.includes(found[2] ?? '') ? [] : [`topic ${found[1]} belongs to ${found[2]}, which is no app`],
  );
  return [...unproduced, ...ownerless];
};
