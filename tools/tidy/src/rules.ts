// The rules of the repository that no compiler and no linter checks, one function each: the input is a tree, the output is
// a list of sentences about what is wrong. A new rule needs a fixture that breaks it (fixtures.ts); otherwise this table
// does not compile.
import { checkClauses } from './clauses/check';
import { checkContracts } from './contracts';
import { checkRefusals } from './refusals';
import { checkActs } from './acts';
import { checkCitations } from './citations';
import { checkTargets } from './targets';
import { checkServiceNames } from './service-names';
import { checkSqlTemplates } from './sql-templates';
import { appsOf, folderOf, isSource, isTest, lineCount, type Tree } from './tree';

export type Rule = (tree: Tree) => string[];

const LIBS = ['contracts', 'documents', 'domain-kit', 'host', 'messaging', 'participation', 'procedure', 'province', 'testing'];
/** `compose` may be a folder: its index then replaces the file `compose.ts`. */
const ROOMS = ['domain', 'application', 'adapters', 'compose', 'generated'];
const ADAPTERS = ['grpc', 'kafka', 'store', 'clients', 'http', 'jobs'];
const FORBIDDEN = /(^|[-./])(utils?|helpers?|managers?|common|shared|misc|impl|dtos?)([-./]|$)/;
const FORBIDDEN_NAME = /\b(?:class|interface|type|const|function)\s+(I[A-Z][a-z]\w*|\w+(?:Impl|Dto|Manager|Helper|Util|Utils))\b/;

const files = (tree: Tree, wanted: (path: string) => boolean): [string, string][] => [...tree].filter(([path]) => wanted(path));
const inCode = (path: string): boolean => /^(apps|libs|tools)\//.test(path);

const sizes: Rule = (tree) =>
  files(tree, (path) => inCode(path) && (isSource(path) || isTest(path))).flatMap(([path, text]) => {
    const limit = /^apps\/[^/]+\/src\/compose(\/index)?\.ts$/.test(path) ? 100 : 300;
    return lineCount(text) > limit ? [`${path} has ${lineCount(text)} lines; stop: ${limit}`] : [];
  });

const kitSize: Rule = (tree) => {
  const lines = files(tree, (path) => path.startsWith('libs/domain-kit/src/') && isSource(path)).reduce(
    (sum, [, text]) => sum + lineCount(text),
    0,
  );
  return lines >= 400 ? [`libs/domain-kit has ${lines} lines; stop: 400`] : [];
};

/**
 * Services above the usual limit, where an ADR answers whether the service should be two. At this number of lines the
 * question must be asked again.
 */
const ANSWERED: Readonly<Record<string, number>> = {
  // docs/adr/0008: a signature and the gates of its case are one transaction. Added since: the checks of altered evidence
  // and of wrong clocks; what may be done with an order and what the order waits for (from the console); acts, lists,
  // streamed attachments, years of the calendar, tasks of orders, amounts of limits in versions, and what may be done with
  // each paper of a case. Moved to libs/procedure: steps, limits and numbers of procedures; documents; wiring and checks
  // of attachments. Added for the needs of a case's steps: evidence, service, credentials, interests, discussions; who acts in a case:
  // competence, officers, posts, the approval chain; public notices of decisions; versions of drafts; reconsiderations and suits. Each is
  // checked or written in the transaction of the step.
  enforcement: 19_000,
  // Limits of the wire, protection of sign-in against guessing, the operator's discarding, and event streams that end with
  // their session and with their reader: all belong to one entry point. Added since: the schemas of answers (the console's
  // client is generated from them), lists with their export, and the menu and the permissions of each role (from the
  // console, which had a second copy).
  gateway: 5_600,
  // No service: the journeys through the whole platform, on the screens and beside them.
  e2e: 4_000,
};

const serviceSize: Rule = (tree) =>
  appsOf(tree).flatMap((app) => {
    if (app === 'console') return [];
    const lines = files(tree, (path) => path.startsWith(`apps/${app}/src/`) && isSource(path)).reduce(
      (sum, [, text]) => sum + lineCount(text),
      0,
    );
    const limit = ANSWERED[app] ?? 3000;
    return lines > limit ? [`apps/${app}/src has ${lines} lines; at ${limit} ask whether it is two services`] : [];
  });

const folderSize: Rule = (tree) => {
  const counts = new Map<string, number>();
  for (const path of tree.keys()) if (inCode(path) && isSource(path)) counts.set(folderOf(path), (counts.get(folderOf(path)) ?? 0) + 1);
  return [...counts].flatMap(([folder, count]) => (count > 15 ? [`${folder} has ${count} source files; stop: 15`] : []));
};

const names: Rule = (tree) =>
  files(tree, (path) => inCode(path) && !path.startsWith('tools/tidy/') && /\.(ts|mts|tsx|mjs)$/.test(path)).flatMap(([path, text]) => {
    const file = path.slice(path.lastIndexOf('/') + 1);
    return [
      ...(FORBIDDEN.test(path) ? [`${path}: not a name in this house; name it by what it gives`] : []),
      ...(/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*$/.test(file) ? [] : [`${path}: file names are kebab-case`]),
      ...(FORBIDDEN_NAME.test(text) ? [`${path}: ${FORBIDDEN_NAME.exec(text)?.[1]} is not a name in this house`] : []),
    ];
  });

const knownLibs: Rule = (tree) =>
  [...new Set([...tree.keys()].flatMap((path) => /^libs\/([^/]+)\//.exec(path)?.[1] ?? []))].flatMap((lib) =>
    LIBS.includes(lib) ? [] : [`libs/${lib}: the libs are ${LIBS.join(', ')}`],
  );

const rooms: Rule = (tree) => {
  const paths = [...tree.keys()].filter((path) => /^apps\/(?!console|e2e)[^/]+\/src\//.test(path));
  return paths.flatMap((path) => {
    const [, , , room = '', second = '', third] = path.split('/');
    if (/^(main|compose|config|rebuild)(\.spec)?\.ts$/.test(room)) return [];
    if (!ROOMS.includes(room)) return [`${path}: the rooms are domain, application, adapters, compose`];
    const inSubfolder = third !== undefined;
    return room === 'adapters' && inSubfolder && !ADAPTERS.includes(second) ? [`${path}: adapters are ${ADAPTERS.join(', ')}`] : [];
  });
};

const furnishing: Rule = (tree) =>
  appsOf(tree)
    .filter((app) => app !== 'e2e')
    .flatMap((app) => {
      const readme = tree.get(`apps/${app}/README.md`);
      const compose = tree.has(`apps/${app}/src/compose/index.ts`) ? 'src/compose/index.ts' : 'src/compose.ts';
      const needed = app === 'console' ? ['project.json'] : ['project.json', 'src/main.ts', compose, 'src/config.ts'];
      return [
        ...(readme === undefined
          ? [`apps/${app} has no README.md`]
          : lineCount(readme) > 80
            ? [`apps/${app}/README.md is longer than 80 lines`]
            : []),
        ...needed.flatMap((file) => (tree.has(`apps/${app}/${file}`) ? [] : [`apps/${app} has no ${file}`])),
      ];
    });

const todos: Rule = (tree) =>
  files(tree, (path) => inCode(path) && !path.startsWith('tools/tidy/')).flatMap(([path, text]) =>
    text.split('\n').flatMap((line, i) => (/\b(TODO|FIXME|XXX)\b(?!\(#\d+\))/.test(line) ? [`${path}:${i + 1}: TODO(#n) or nothing`] : [])),
  );

const openings: Rule = (tree) =>
  files(tree, (path) => inCode(path) && isSource(path) && !path.endsWith('/index.ts')).flatMap(([path, text]) =>
    lineCount(text) > 40 && !/^(#!.*\n)?\s*(\/\/|\/\*)/.test(text) ? [`${path}: a file of this length opens by saying what it is for`] : [],
  );

const softTests: Rule = (tree) =>
  files(tree, (path) => isTest(path) && !path.startsWith('tools/tidy/')).flatMap(([path, text]) => [
    ...(/\b(describe|it|test)\.(skip|only|todo)\b|\bx(it|describe)\(/.test(text) ? [`${path}: no skipped and no lonely tests`] : []),
    ...(/jest\.mock\(/.test(text) ? [`${path}: we do not mock our own code`] : []),
    ...(/expect\(true\)/.test(text) ? [`${path}: a test that cannot fail`] : []),
  ]);

/** `SELECT id::text … ORDER BY id` sorts by the output column, which is text: 10 comes before 9. */
const sortsText: Rule = (tree) =>
  files(tree, (path) => inCode(path) && isSource(path) && !path.startsWith('tools/tidy/')).flatMap(([path, text]) =>
    [...text.matchAll(/`[^`]*`/g)].flatMap(([sql]) =>
      [...sql.matchAll(/\b(\w+)"?::text(?: AS (\w+))?/g)].flatMap(([, column, alias = column]) =>
        new RegExp(`ORDER BY (?:\\w+, )*${alias}\\b(?!\\.)`).test(sql)
          ? [`${path}: ORDER BY ${alias} sorts the text; name the table's column`]
          : [],
      ),
    ),
  );

/**
 * A session that is opened in another way has the server's own time zone, and no limits. `pool`: a pool that was opened
 * with databaseSession.
 */
const SESSION = /new (?:pg\.)?(?:Client|Pool|PrismaPg)\((?!(?:\{\s*\.\.\.)?databaseSession\(|pool[,)])/;
/** The one place where tools open a session: it refuses a session that is not in UTC. */
const OPENER = 'tools/stack/open-session.mts';
const sessions: Rule = (tree) =>
  files(tree, (path) => inCode(path) && /\.(ts|mts|mjs)$/.test(path) && !path.startsWith('tools/tidy/')).flatMap(([path, text]) => [
    ...(SESSION.test(text) ? [`${path}: connections to PostgreSQL are opened with databaseSession (libs/host)`] : []),
    ...(/^tools\/.*\.mts$/.test(path) && path !== OPENER && /new (?:pg\.)?Client\(/.test(text)
      ? [`${path}: a tool opens its session with openSession (${OPENER})`]
      : []),
  ]);

/**
 * Files that need the wall-clock time: for an event id, for a key, for the identity provider, and to detect a clock that
 * was put back.
 */
const MOMENTS = [
  'libs/messaging/src/kafka/clock-put-back.ts',
  'libs/messaging/src/event-id.ts',
  'libs/host/src/signing/keyring.ts',
  'apps/gateway/src/adapters/http/sign-in/memory-adapter.ts',
];
/** If the clock is corrected, a pause measured by the clock would end at once or last for hours. */
const elapsed: Rule = (tree) =>
  files(tree, (path) => /^(apps\/(?!agency-sim|console|e2e)|libs\/(?!testing))[^/]+\/src\//.test(path) && isSource(path)).flatMap(
    ([path, text]) =>
      /\bDate\.now\b/.test(text.replace(/\/\/.*|\*.*/g, '')) && !MOMENTS.includes(path)
        ? [`${path}: how long something takes is told by performance.now(); moments come in as now()`]
        : [],
  );

const orphans: Rule = (tree) => {
  const mentioned = [...tree].filter(([path]) => /\.(ts|mts|tsx|mjs|cjs|json|html)$/.test(path));
  const imports = new Set(
    mentioned.flatMap(([, text]) => [...text.matchAll(/['"`/]([\w.-]+?)(?:\.(?:ts|mts|tsx|mjs|js|css))?['"`]/g)].map((found) => found[1])),
  );
  return [...tree.keys()].flatMap((path) => {
    const isCandidate = /^(apps|libs)\/[^/]+\/src\//.test(path) && isSource(path);
    const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.(ts|mts|tsx|mjs)$/, '');
    return isCandidate && !['main', 'index'].includes(name) && !name.endsWith('.d') && !imports.has(name)
      ? [`${path}: nobody imports it`]
      : [];
  });
};

/** The schema that results from the migrations is stored once, beside the newest migration of an app. */
const schemaCopies: Rule = (tree) =>
  appsOf(tree).flatMap((app) => {
    const kept = files(tree, (path) => path.startsWith(`apps/${app}/prisma/migrations/`) && path.endsWith('/schema.prisma'));
    return kept.length > 1 ? [`apps/${app}/prisma/migrations keeps ${kept.length} schemas; the newest is enough`] : [];
  });

export const RULES = {
  sizes,
  kitSize,
  serviceSize,
  folderSize,
  names,
  knownLibs,
  rooms,
  furnishing,
  todos,
  openings,
  softTests,
  sortsText,
  sessions,
  elapsed,
  orphans,
  clauses: checkClauses,
  contracts: checkContracts,
  refusals: checkRefusals,
  acts: checkActs,
  targets: checkTargets,
  serviceNames: checkServiceNames,
  sqlTemplates: checkSqlTemplates,
  schemaCopies,
  citations: checkCitations,
} as const satisfies Record<string, Rule>;
