// Measures the lists of certificates and of results over a million rows. It measures the first page with its total for
// every query that the console offers, and the fiftieth page of each sort. The floor is the same number of rows read by
// key in one statement.
import { LISTS, type ListSpec } from '@hengji/contracts/lists';
import { CertificateServiceDefinition } from '@hengji/contracts/certificate/v1/certificate_service';
import { ExamServiceDefinition } from '@hengji/contracts/exam/v1/exam_service';
import { ListQuery } from '@hengji/contracts/meta/v1/list';
import { Actor } from '@hengji/contracts/meta/v1/meta';
import { grpcClient } from '@hengji/host';
import { withSession } from '../ground/floor-tables';
import type { Ground } from '../ground/ground';
import type { Platform } from '../ground/neighbours';
import { median, ms, round, type Figure, type Report } from '../report';
import { fill, FILLS } from './fill';
import { queriesOf, sortsOf, type NamedQuery, type Row } from './queries';

type ListName = keyof typeof FILLS;

interface Page {
  readonly rows: readonly object[];
  readonly next: string;
}

interface Asked {
  readonly ask: (query: ListQuery) => Promise<Page>;
  readonly close: () => void;
}

const ROUNDS = 3;
const DEEP = 50;
/** The limit that the issue sets for a first page. */
const WANTED_MS = 100;

const actor = Actor.fromPartial({ officerId: 'bench', role: 'PROVINCE_OFFICER', authority: 'LN' });

const connect = (platform: Platform, list: ListName): Asked => {
  const options = { caller: 'gateway', secret: platform.environment['CALLER_SECRET'] ?? '', deadlineMs: 60_000 };
  if (list === 'certificates') {
    const client = grpcClient(CertificateServiceDefinition, platform.addresses['CERTIFICATE_ADDR'] ?? '', options);
    const ask = async (query: ListQuery): Promise<Page> => {
      const { certificates, next } = await client.listCertificates({ actor, query });
      return { rows: certificates, next };
    };
    return { ask, close: client.close };
  }
  const client = grpcClient(ExamServiceDefinition, platform.addresses['EXAM_ADDR'] ?? '', options);
  const ask = async (query: ListQuery): Promise<Page> => {
    const { results, next } = await client.listResults({ actor, query });
    return { rows: results, next };
  };
  return { ask, close: client.close };
};

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const times: number[] = [];
  for (let i = 0; i < ROUNDS; i += 1) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return median(times);
};

const timeOf = (name: string, { ask }: Asked, query: ListQuery): Promise<{ name: string; took: number }> =>
  timed(() => ask(query)).then((took) => ({ name, took }));

/** Rows at both ends of each sort. */
const ends = async (spec: ListSpec, { ask }: Asked): Promise<Row[]> => {
  const pages = await Promise.all(sortsOf(spec).map((sort) => ask(ListQuery.fromPartial({ sort: [sort], limit: 1 }))));
  return pages.flatMap(({ rows }) => rows as Row[]);
};

/** The query of the fiftieth page by this sort. */
const deep = async ({ ask }: Asked, { name, query }: NamedQuery): Promise<NamedQuery> => {
  let cursor = '';
  for (let page = 1; page < DEEP; page += 1) cursor = (await ask({ ...query, cursor })).next;
  return { name: `${name}, page ${DEEP}`, query: { ...query, cursor } };
};

const measure = async (platform: Platform, list: ListName, count: number) => {
  const { service, table } = FILLS[list];
  const spec: ListSpec = LISTS[list];
  const floorMs = await withSession(platform.databaseUrl(service), async (session) => {
    await fill(session, list, count);
    return timed(() => session.query(`SELECT * FROM ${table} ORDER BY 1 LIMIT 50`));
  });
  const asked = connect(platform, list);
  const queries = queriesOf(spec, await ends(spec, asked));
  const deeps = await Promise.all(queries.filter(({ name }) => name.startsWith('all ')).map((query) => deep(asked, query)));
  const times = [];
  for (const { name, query } of [...queries, ...deeps]) times.push(await timeOf(name, asked, query));
  asked.close();
  return { list, floorMs, times: times.toSorted((a, b) => b.took - a.took) };
};

type Measured = Awaited<ReturnType<typeof measure>>;

const figuresOf = ({ list, floorMs, times }: Measured): Figure[] => {
  const beside = (what: string, took: number): Figure => ({
    what: `${list}: ${what}`,
    ...{ measured: ms(took), floor: ms(floorMs), ratio: round(took / floorMs) },
  });
  const [slowest] = times;
  return [
    beside(`median of ${times.length} queries`, median(times.map(({ took }) => took))),
    ...(slowest ? [beside(`slowest: ${slowest.name}`, slowest.took)] : []),
    { what: `${list}: queries over ${WANTED_MS} ms`, measured: String(times.filter(({ took }) => took > WANTED_MS).length) },
  ];
};

const SHOWN = 12;

/** Fills both lists with this many rows and runs their queries. */
export const lists = async (ground: Ground, rows: number): Promise<Report> => {
  const platform = await ground.platform();
  const measured: Measured[] = [];
  for (const list of ['certificates', 'results'] as const) measured.push(await measure(platform, list, rows));
  return {
    floorIs: '50 rows by their key, one statement on the same database',
    figures: measured.flatMap(figuresOf),
    json: Object.fromEntries(
      measured.map(({ list, floorMs, times }) => {
        const slowest = times.slice(0, SHOWN).map(({ name, took }) => ({ name, ms: round(took) }));
        return [list, { rows, floorMs: round(floorMs, 3), medianMs: round(median(times.map(({ took }) => took))), slowest }];
      }),
    ),
  };
};
