// docs/CLAUSES.md, written from the tables: each clause with its state, rules, pages and tests.
import { CLAUSES, type ClauseId } from '@hengji/province';
import { PLATFORM, PLATFORM_TITLES } from './platform';
import type { Standing } from './standing';

export const DOCUMENT = 'docs/CLAUSES.md';

const OPENING = `# Clauses

What serves each clause of the notice (N…) and each demand of the platform's owner (D…). Written from the tables in
[\`tools/tidy/src/clauses\`](../tools/tidy/src/clauses); a tidy rule compares them with the tree. The clauses and their Chinese subjects are
[\`libs/province/src/notice.ts\`](../libs/province/src/notice.ts).

- **done**: the rule and its tests exist. **partly**: the row says what is missing and which issue builds it. **not yet**: the issue builds all of it.
- A rule is a file, with the symbol where one is meant; the file cites the clause. A page is a route of the console; \`/directory\` and \`/verify\` are public.
- Code cites a clause only in an app or lib that has one of its rules.
`;

const link = (path: string): string => `[\`${path.slice(path.lastIndexOf('/') + 1)}\`](../${path.replace(/#.*$/, '')})`;
const listed = (items: readonly string[]): string => (items.length === 0 ? '–' : items.join('<br>'));

const row = (id: string, title: string, standing: Standing): string => {
  const { demand, state } = standing;
  const status = state === 'done' ? '**done**' : `${state}, issue ${standing.issue}`;
  const missing = state === 'partly' ? `<br>Missing: ${standing.missing}.` : '';
  const served = state === 'not yet' ? undefined : standing;
  return [
    ...[id, `**${title}**<br>${demand}${missing}`, status],
    listed((served?.rules ?? []).map(link)),
    listed((served?.screens ?? []).map((route) => `\`${route}\``)),
    listed((served?.tests ?? []).map(([file, test]) => `${link(file)}: ${test.replaceAll('|', '\\|')}`)),
  ].join(' | ');
};

const table = (rows: readonly string[]): string =>
  ['| id | clause | state | rule | page | test |', '| --- | --- | --- | --- | --- | --- |', ...rows.map((one) => `| ${one} |`)].join('\n');

const figures = (standings: readonly Standing[]): string =>
  (['done', 'partly', 'not yet'] as const)
    .map((state) => `${state}: ${standings.filter((standing) => standing.state === state).length}`)
    .join(', ');

export const clausesDocument = (notice: Readonly<Record<ClauseId, Standing>>): string => {
  const ids = Object.keys(CLAUSES) as ClauseId[];
  const platform = Object.entries(PLATFORM_TITLES) as [keyof typeof PLATFORM_TITLES, string][];
  return [
    OPENING,
    `## The notice\n\n${figures(ids.map((id) => notice[id]))}\n`,
    `${table(ids.map((id) => row(id, CLAUSES[id], notice[id])))}\n`,
    `## The platform\n\n${figures(Object.values(PLATFORM))}\n`,
    `${table(platform.map(([id, title]) => row(id, title, PLATFORM[id])))}\n`,
  ].join('\n');
};
