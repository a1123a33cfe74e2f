// docs/CLAUSES.md and the tables behind it must hold: a clause that is served names files, symbols, routes and tests that exist, each rule cites its
// clause, and no code cites a clause that does not exist or whose rules are elsewhere.
import { CLAUSES, type ClauseId } from '@hengji/province';
import { isSource, isTest, type Tree } from '../tree';
import { clausesDocument, DOCUMENT } from './document';
import { EVALUATION } from './evaluation';
import { LAYOUT, PLATFORM, TECHNOLOGIES } from './platform';
import type { Standing } from './standing';
import { SUPERVISION } from './supervision';

const NOTICE_CLAUSES: Readonly<Record<ClauseId, Standing>> = { ...EVALUATION, ...SUPERVISION };
const ROUTES = 'apps/console/src/app.tsx';
/** These list all clauses. */
const LISTING = /^(tools\/tidy\/|libs\/province\/src\/notice\.ts$|docs\/CLAUSES\.md$)/;
const CITED = /\bN\d(?:\.\d[a-z]?|[a-z])?\b/g;

const asWord = (text: string): RegExp => new RegExp(`(?<![\\w.])${text.replaceAll('.', '\\.')}(?![\\w.]\\w|\\w)`);

const ruleFaults = (tree: Tree, id: string, rule: string): string[] => {
  const [file = '', symbol] = rule.split('#');
  const text = tree.get(file);
  if (text === undefined) return [`${id}: ${file} does not exist`];
  return [
    ...(symbol === undefined || asWord(symbol).test(text) ? [] : [`${id}: ${file} has no ${symbol}`]),
    ...(!(id in CLAUSES) || asWord(id).test(text) ? [] : [`${id}: ${file} serves the clause and does not cite it`]),
  ];
};

/** A title stands in its file as a whole text. */
const hasTitle = (text: string, title: string): boolean =>
  ["'", '"', '`'].some((quote) => text.includes(`${quote}${title.replaceAll(quote, `\\${quote}`)}${quote}`));

const hasRoute = (app: string, route: string): boolean =>
  app.includes(`path="${route}"`) ||
  app.includes(`path: '${route}'`) ||
  new RegExp(`\\[[^\\]]*'${route.slice(1)}'[^\\]]*\\]\\.map\\(\\(list\\)`).test(app);

/** What is wrong with one row of the tables. */
export const standingFaults = (tree: Tree, id: string, standing: Standing): string[] => {
  if (standing.state === 'not yet') return [];
  const app = tree.get(ROUTES) ?? '';
  return [
    ...standing.rules.flatMap((rule) => ruleFaults(tree, id, rule)),
    ...standing.screens.flatMap((route) => (hasRoute(app, route) ? [] : [`${id}: the console has no page ${route}`])),
    ...standing.tests.flatMap(([file, title]) => {
      const text = isTest(file) ? tree.get(file) : undefined;
      if (text === undefined) return [`${id}: ${file} is no test`];
      return hasTitle(text, title) ? [] : [`${id}: ${file} has no test “${title}”`];
    }),
  ];
};

const projectOf = (path: string): string => path.split('/').slice(0, 2).join('/');
/** A clause is cited in the projects of its rules. */
const isNearRule = (path: string, standing: Standing): boolean =>
  standing.state !== 'not yet' && standing.rules.some((rule) => projectOf(rule) === projectOf(path));

const isDeciding = (path: string): boolean => /^(apps|libs)\/[^/]+\/src\//.test(path) && isSource(path);

/** What is wrong with the clauses that one file cites. */
export const citationFaults = (path: string, text: string): string[] => {
  if (LISTING.test(path)) return [];
  const ids = [...new Set([...text.matchAll(CITED)].map(([id]) => id))];
  return ids.flatMap((id) => {
    if (!(id in CLAUSES)) return [`${path} cites ${id}; no clause has this id`];
    return !isDeciding(path) || isNearRule(path, NOTICE_CLAUSES[id as ClauseId])
      ? []
      : [`${path} cites ${id}, which no rule of this project serves (${DOCUMENT})`];
  });
};

const platformFaults = (tree: Tree): string[] => {
  const packages = JSON.parse(tree.get('package.json') ?? '{}') as Record<string, Record<string, string> | undefined>;
  const installed = { ...packages['dependencies'], ...packages['devDependencies'] };
  const paths = [...tree.keys()];
  return [
    ...TECHNOLOGIES.flatMap((name) => (name in installed ? [] : [`D1: package.json has no ${name}`])),
    ...LAYOUT.flatMap((at) =>
      paths.some((path) => (at.endsWith('/') ? path.startsWith(at) : path === at)) ? [] : [`D2: ${at} does not exist`],
    ),
  ];
};

const CITING = /\.(ts|mts|tsx|proto|prisma|sql|md)$/;

export const checkClauses = (tree: Tree): string[] => [
  ...Object.entries({ ...NOTICE_CLAUSES, ...PLATFORM }).flatMap(([id, standing]) => standingFaults(tree, id, standing)),
  ...[...tree].flatMap(([path, text]) => (CITING.test(path) ? citationFaults(path, text) : [])),
  ...platformFaults(tree),
  ...(tree.get(DOCUMENT) === clausesDocument(NOTICE_CLAUSES)
    ? []
    : [`${DOCUMENT} differs from its tables; UPDATE_DOCS=1 npx jest tools/tidy/src/clauses writes it`]),
];

export { NOTICE_CLAUSES };
