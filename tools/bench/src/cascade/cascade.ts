// Measures one order with M1–M5, M7 and its notices against the institution that holds all these certificates, from
// signature to a residual of zero. The floor is the same row changes in bare SQL on copies of the same tables.
import { withSession } from '../ground/floor-tables';
import type { Ground } from '../ground/ground';
import type { Platform } from '../ground/neighbours';
import { runProvince } from '../ground/province';
import { ms, type Report, round } from '../report';
import { type FloorFigures, measureFloor } from './floor';
import { countPublished } from './outboxes';
import { measurePeers, type PeerFigures } from './peers';
import { watchMemory } from './peak-memory';

/** The counts that the order program of the sample province reads from the services. */
interface OrderFigures {
  readonly voided: number;
  readonly resultsCancelled: number;
  readonly recoveriesOpened: number;
  readonly fencedMs: number;
  readonly publicMs: number;
  readonly completedMs: number;
  readonly residual: number;
  readonly rows: readonly { service: string; effect: string; changed: number; ms: number }[];
}

const institutionOf = (platform: Platform): Promise<string> =>
  withSession(platform.databaseUrl('certificate'), async (session) => {
    const { rows } = await session.query<{ institution: string }>('SELECT institution FROM certificate LIMIT 1');
    const institution = rows[0]?.institution;
    if (institution === undefined) throw new Error('no certificates were loaded');
    return institution;
  });

/** A floor is valid only if it did the same work as the order. */
const checkSameWork = (order: OrderFigures, { rows }: FloorFigures): void => {
  const pairs = [
    ['certificate.certificate', order.voided],
    ['exam.result', order.resultsCancelled],
    ['subsidy.recovery', order.recoveriesOpened],
  ] as const;
  for (const [table, done] of pairs) {
    if (rows[table] !== done) throw new Error(`the order changed ${done} rows of ${table}, the floor ${rows[table] ?? 0}`);
  }
  if (order.residual !== 0) throw new Error(`the order ended with a residual of ${order.residual}`);
};

const minutes = (value: number): string => `${(value / 60_000).toFixed(1)} min`;

const peerLines = ({ oneCallPerCertificate: calls, jobOncePerMinute: job }: PeerFigures, ours: OrderFigures) => {
  const voiding = ours.rows.find(({ effect }) => effect === 'VOID_CERTIFICATES')?.ms ?? 0;
  return [
    {
      what: `peer: voiding by one gRPC call per certificate, ${calls.workers} workers, ${calls.calls.toLocaleString('en')} calls`,
      measured: ms(calls.measuredMs),
      floor: `${ms(voiding)} as our row`,
    },
    {
      what: `peer: voiding by a job over ${job.rowsARun.toLocaleString('en')} rows, work of its ${job.runs.toLocaleString('en')} runs`,
      measured: ms(job.measuredWorkMs),
      floor: `${ms(voiding)} as our row`,
    },
    { what: '  the same job once a minute: computed', measured: minutes(job.computedCalendarMs) },
  ];
};

/** Loads the institution if it is not loaded yet, measures the floor and the peers' methods, then the order. */
export const cascade = async (ground: Ground, certificates: number): Promise<Report> => {
  await ground.loaded(certificates);
  const platform = await ground.platform();
  const institution = await institutionOf(platform);
  const floor = await measureFloor(platform, institution);
  const peers = await measurePeers(platform, institution, certificates);
  const publishedBefore = await countPublished(platform);
  const stopWatching = watchMemory(platform);
  const order = (await runProvince(platform, ['order', '--certificates', String(certificates * 10), '--once'])) as OrderFigures;
  const peakRssMb = stopWatching();
  const eventsPublished = (await countPublished(platform)) - publishedBefore;
  checkSameWork(order, floor);
  const { fencedMs, publicMs, completedMs } = order;
  const ratio = round(completedMs / floor.ms);
  return {
    floorIs: 'the same row changes as bare SQL, one session per database, all at once',
    figures: [
      { what: `order over ${certificates.toLocaleString('en')} certificates: fenced`, measured: ms(fencedMs) },
      { what: 'public answer says void', measured: ms(publicMs) },
      { what: 'all receipts, residual zero', measured: ms(completedMs), floor: ms(floor.ms), ratio },
      ...order.rows.map((row) => ({ what: `  ${row.service} ${row.effect} (${row.changed.toLocaleString('en')})`, measured: ms(row.ms) })),
      ...Object.entries(floor.byService).map(([service, took]) => ({ what: `  bare SQL in ${service}`, measured: '–', floor: ms(took) })),
      ...peerLines(peers, order),
      { what: 'events published', measured: eventsPublished.toLocaleString('en') },
      ...Object.entries(peakRssMb).map(([service, peak]) => ({ what: `peak memory of ${service}`, measured: `${peak} MB` })),
    ],
    json: { certificates, fencedMs, publicMs, completedMs, floorMs: Math.round(floor.ms), ratio, peakRssMb, eventsPublished, ...peers },
  };
};
