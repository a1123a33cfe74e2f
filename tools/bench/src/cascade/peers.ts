// Two peers' methods, re-created and labelled as such, on the data that our order is about to void. One makes one gRPC
// call per certificate from ten workers; the other runs a job once a minute over at most a thousand rows. Both void
// certificates and nothing else, so the report shows them beside our row VOID_CERTIFICATES. Their work is done and
// measured. The minutes between two runs of the job are not waited for: they are added to the time and reported
// separately.
import type { Client } from 'pg';
import { copyTables, dropCopies, withSession } from '../ground/floor-tables';
import type { Platform } from '../ground/neighbours';
import { oneCallEach } from './one-call-each';
import { PEER_TABLES, voidCertificates } from './void-certificates';

/** Calls and runs are counted up to this number. The work beyond it is computed in proportion, and the report says so. */
const MEASURED_AT_MOST = 100_000;
const ROWS_A_RUN = 1_000;
const MINUTE_MS = 60_000;

export interface PeerFigures {
  readonly oneCallPerCertificate: {
    readonly workers: number;
    /** Calls made, and how long they took. */
    readonly calls: number;
    readonly measuredMs: number;
    /** For all certificates. It is the measured time itself, unless there are more certificates than were called for. */
    readonly computedMs: number;
  };
  readonly jobOncePerMinute: {
    readonly rowsARun: number;
    /** Runs made, and the duration of their work. */
    readonly runs: number;
    readonly measuredWorkMs: number;
    readonly computedRuns: number;
    /** Work of all runs, with one minute from the start of one run to the start of the next. */
    readonly computedCalendarMs: number;
  };
}

const NEXT = {
  name: 'peer-next',
  text: `SELECT number FROM floor.certificate WHERE institution = $1 AND number > $2 AND state = 'ISSUED' ORDER BY number LIMIT $3`,
};

/** An outbox that continues its own numbers starts empty. */
const freshCopies = async (session: Client): Promise<void> => {
  await copyTables(session, PEER_TABLES, 'with rows');
  await session.query('TRUNCATE floor.outbox');
};

const numbersOf = async (session: Client, institution: string, after: string, limit: number): Promise<string[]> => {
  const { rows } = await session.query<{ number: string }>({ ...NEXT, values: [institution, after, limit] });
  return rows.map(({ number }) => number);
};

const checkVoided = async (session: Client, wanted: number): Promise<void> => {
  const { rows } = await session.query<{ n: number }>(`SELECT count(*)::int AS n FROM floor.certificate WHERE state = 'VOIDED'`);
  if (rows[0]?.n !== wanted) throw new Error(`a peer's method voided ${rows[0]?.n ?? 0} certificates instead of ${wanted}`);
};

const runJobs = async (session: Client, institution: string): Promise<{ runs: number; rows: number; longestMs: number; ms: number }> => {
  const done = { runs: 0, rows: 0, longestMs: 0, ms: 0 };
  for (let after = ''; done.rows < MEASURED_AT_MOST;) {
    const started = performance.now();
    // A job without a stored cursor would scan from the beginning. The cursor makes this measurement more favourable to
    // the peer.
    const numbers = await numbersOf(session, institution, after, ROWS_A_RUN);
    if (numbers.length === 0) break;
    done.rows += await voidCertificates(session, numbers);
    after = numbers.at(-1) ?? '';
    const took = performance.now() - started;
    done.runs += 1;
    done.ms += took;
    done.longestMs = Math.max(done.longestMs, took);
  }
  return done;
};

/** Runs both methods on fresh copies of the tables, then drops the copies. */
export const measurePeers = (platform: Platform, institution: string, certificates: number): Promise<PeerFigures> =>
  withSession(platform.databaseUrl('certificate'), async (session) => {
    await freshCopies(session);
    const called = await oneCallEach(platform.databaseUrl('certificate'), await numbersOf(session, institution, '', MEASURED_AT_MOST));
    await checkVoided(session, called.calls);
    await freshCopies(session);
    const job = await runJobs(session, institution);
    await checkVoided(session, job.rows);
    await dropCopies(session);
    const computedRuns = Math.ceil(certificates / ROWS_A_RUN);
    return {
      oneCallPerCertificate: {
        workers: called.workers,
        calls: called.calls,
        measuredMs: called.ms,
        computedMs: Math.round((called.ms * certificates) / called.calls),
      },
      jobOncePerMinute: {
        rowsARun: ROWS_A_RUN,
        runs: job.runs,
        measuredWorkMs: Math.round(job.ms),
        computedRuns,
        computedCalendarMs: Math.round((computedRuns - 1) * Math.max(MINUTE_MS, job.longestMs) + job.ms / job.runs),
      },
    };
  });
