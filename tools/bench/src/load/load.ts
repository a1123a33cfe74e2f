// Measures how fast each import stream takes rows through the import endpoint of its service (checked, sealed, guarded,
// with history and event). The floor is COPY of the same stored rows into empty copies of the tables, with all indexes.
import { copyTables, dropCopies, withSession } from '../ground/floor-tables';
import type { Ground, Loaded } from '../ground/ground';
import { type Figure, perSecond, type Report, round } from '../report';
import { copyIn, copyOut } from './copy-stream';

interface Target {
  readonly database: string;
  readonly tables: readonly string[];
}

/** The tables that hold the rows of each stream. */
const TARGETS: Readonly<Record<string, Target>> = {
  results: { database: 'exam', tables: ['public.result'] },
  certificates: { database: 'certificate', tables: ['public.certificate'] },
  uploads: { database: 'exchange', tables: ['public.upload'] },
  payments: { database: 'subsidy', tables: ['public.payment'] },
};

/** The milliseconds that COPY takes for the rows of these tables. */
const copyAgain = (databaseUrl: string, tables: readonly string[]): Promise<number> =>
  withSession(databaseUrl, async (session) => {
    const contents: Buffer[] = [];
    for (const table of tables) contents.push(await copyOut(session, `COPY ${table} TO STDOUT`));
    await copyTables(session, tables, 'empty');
    const started = performance.now();
    for (const [i, table] of tables.entries()) {
      await copyIn(session, `COPY ${table.replace('public.', 'floor.')} FROM STDIN`, contents[i] ?? Buffer.alloc(0));
    }
    const took = performance.now() - started;
    await dropCopies(session);
    return took;
  });

interface StreamRate {
  readonly rowsPerSecond: number;
  readonly copyRowsPerSecond: number;
  readonly ratio: number;
}

const rateOf = ({ rows, ms }: Loaded['streams'][number], copyMs: number): StreamRate => {
  const [ours, floor] = [(rows / ms) * 1000, (rows / copyMs) * 1000];
  return { rowsPerSecond: Math.round(ours), copyRowsPerSecond: Math.round(floor), ratio: round(ours / floor, 3) };
};

/** Loads the institution with this many certificates, one stream after the other. */
export const load = async (ground: Ground, certificates: number): Promise<Report> => {
  const { streams, ms } = await ground.loaded(certificates);
  const platform = await ground.platform();
  const figures: Figure[] = [];
  const rates: Record<string, StreamRate> = {};
  for (const stream of streams) {
    // The streams of an institution and its plans are too short to measure.
    const target = TARGETS[stream.stream];
    if (!target) continue;
    const rate = rateOf(stream, await copyAgain(platform.databaseUrl(target.database), target.tables));
    rates[stream.stream] = rate;
    const what = `${stream.stream} (${stream.rows.toLocaleString('en')})`;
    figures.push({ what, measured: perSecond(rate.rowsPerSecond), floor: perSecond(rate.copyRowsPerSecond), ratio: rate.ratio });
  }
  figures.push({ what: `all of ${certificates.toLocaleString('en')} certificates`, measured: `${(ms / 1000).toFixed(1)} s` });
  return { floorIs: 'COPY of the same rows into an empty copy of the table', figures, json: { certificates, loadMs: ms, streams: rates } };
};
