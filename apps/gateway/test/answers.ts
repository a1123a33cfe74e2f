// Compares every JSON answer that a spec gets with the schema of its route: each field of the answer is in the schema, and each required
// field of the schema is in the answer.
import { isDeepStrictEqual } from 'node:util';
import type { Route } from '../src/adapters/http/route';
import { ROUTES } from '../src/adapters/http/routes';

const PATTERNS = ROUTES.map((route) => ({
  route,
  pattern: new RegExp(`^/api${route.path.replace(/:\w+/g, '[^/]+').replace(/\./g, '\\.')}$`),
}));

/** The routes whose answers were compared by this process, as `GET /path`. */
export const compared = new Set<string>();
export const nameOf = ({ method, path }: Route): string => `${method.toUpperCase()} ${path}`;
/** The routes that answer with a schema, not with bytes. */
export const isCompared = ({ answers }: Route): boolean => answers.schema !== undefined && answers.mediaType === 'application/json';

/** Plain objects of this realm: objects of node's fetch have other prototypes than those of jest's realm. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** Throws when the answer differs from the schema of its route; does not consume the response. */
export const compareAnswer = async (method: string, path: string, response: Response): Promise<void> => {
  const found = PATTERNS.find(({ route, pattern }) => route.method === method.toLowerCase() && pattern.test(path))?.route;
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') === true;
  if (found === undefined || isProblem || !isCompared(found)) return;
  if (response.status !== found.status) throw new Error(`${nameOf(found)} answered ${response.status}, its route says ${found.status}`);
  const answer: unknown = await response.clone().json();
  const parsed = found.answers.schema?.safeParse(answer);
  if (parsed?.success !== true) throw new Error(`${nameOf(found)}: ${JSON.stringify(parsed?.error.issues)}`);
  // Parsing drops fields that are not in the schema.
  if (!isDeepStrictEqual(plain(parsed.data), plain(answer)))
    throw new Error(`${nameOf(found)} answers fields that its schema has not: ${JSON.stringify(answer)}`);
  compared.add(nameOf(found));
};
