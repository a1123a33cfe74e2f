// Every JSON answer that a spec gets is compared with what its route says it answers: each field that is there stands in the schema,
// and each that the schema wants is there.
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
/** The routes that answer with a schema of their own, not with bytes. */
export const isCompared = ({ answers }: Route): boolean => answers.schema !== undefined && answers.mediaType === 'application/json';

/** Of this realm: jest's own has other prototypes than what node's fetch makes. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** Throws when the answer is not what its route says; leaves the response unread. */
export const compareAnswer = async (method: string, path: string, response: Response): Promise<void> => {
  const found = PATTERNS.find(({ route, pattern }) => route.method === method.toLowerCase() && pattern.test(path))?.route;
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') === true;
  if (found === undefined || isProblem || !isCompared(found)) return;
  if (response.status !== found.status) throw new Error(`${nameOf(found)} answered ${response.status}, its route says ${found.status}`);
  const answer: unknown = await response.clone().json();
  const parsed = found.answers.schema?.safeParse(answer);
  if (parsed?.success !== true) throw new Error(`${nameOf(found)}: ${JSON.stringify(parsed?.error.issues)}`);
  // What the schema does not know is cut off by parsing.
  if (!isDeepStrictEqual(plain(parsed.data), plain(answer)))
    throw new Error(`${nameOf(found)} answers fields that its schema has not: ${JSON.stringify(answer)}`);
  compared.add(nameOf(found));
};
