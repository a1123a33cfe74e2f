// The services are listed once, in libs/contracts. A developer who adds a service adds its name there; this rule then
// reports every other place where the name is missing.
import { PARTICIPANTS, SERVICES } from '@hengji/contracts';
import { appsOf, isSource, type Tree } from './tree';

const LISTED = 'libs/contracts/src/services.mts';
/** Apps that no other app calls: the console, and specs. */
const NO_SERVICES = ['console', 'e2e'];
const STACK = 'docker-compose.yml';

/** The checker of a proof shares no table with the producer of the proof. */
const INDEPENDENT = /^tools\/verifier\//;

/** Second lists of the names in other files. Specs are exempt, because they write their expected values by hand. */
const listedAgain = (tree: Tree): string[] =>
  [...tree].flatMap(([path, text]) => {
    if (!isSource(path) || path === LISTED || INDEPENDENT.test(path) || path.startsWith('tools/tidy/')) return [];
    const lists = [...text.matchAll(/\[[^[\]]*\]/g)].map(([list]) => list);
    const again = lists.some((list) => PARTICIPANTS.every((name) => list.includes(`'${name}'`)));
    return again ? [`${path}: the names of services are listed in ${LISTED}`] : [];
  });

const unlisted = (tree: Tree): string[] => {
  const names: readonly string[] = [...SERVICES, ...NO_SERVICES];
  return appsOf(tree).flatMap((app) => (names.includes(app) ? [] : [`apps/${app} is not listed in ${LISTED}`]));
};

const notInStack = (tree: Tree): string[] => {
  const stack = tree.get(STACK);
  if (stack === undefined) return [];
  return SERVICES.flatMap((name) => (stack.includes(`\n  ${name}:\n`) ? [] : [`${STACK} does not start ${name}`]));
};

export const checkServiceNames = (tree: Tree): string[] => [...listedAgain(tree), ...unlisted(tree), ...notInStack(tree)];
