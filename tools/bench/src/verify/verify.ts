// Measures public verification under as many requests as sixteen connections can send. The floor is a node:http server
// that answers each request with the same headers and the same number of bytes. Both are separate processes on the
// loopback and are measured in turns.
import { withSession } from '../ground/floor-tables';
import type { Ground } from '../ground/ground';
import type { Platform } from '../ground/neighbours';
import { median, perSecond, type Report, round } from '../report';
import { startConstant } from './constant-answer';
import { ask, type Asked } from './requester';

const ROUNDS = 3;
const DIFFERENT_NUMBERS = 2_000;
/** Headers that every node:http server adds. */
const OWN_HEADERS = new Set(['date', 'connection', 'keep-alive', 'content-length']);

const pathsOf = (platform: Platform): Promise<string[]> =>
  withSession(platform.databaseUrl('certificate'), async (session) => {
    const { rows } = await session.query<{ number: string }>('SELECT number FROM certificate ORDER BY random() LIMIT $1', [
      DIFFERENT_NUMBERS,
    ]);
    return rows.map(({ number }) => `/v1/certificates/${number}`);
  });

const addressOf = (platform: Platform): URL => new URL(platform.addresses['VERIFY_URL'] ?? '');

const PATIENCE_MS = 60_000;

/** Waits until verify has stored these certificates, and returns one of its answers. */
const untilKnown = async (platform: Platform, path: string): Promise<{ headers: Record<string, string>; body: string }> => {
  for (const limit = Date.now() + PATIENCE_MS; ;) {
    const response = await fetch(new URL(path, addressOf(platform)));
    const body = await response.text();
    if (response.ok) return { body, headers: Object.fromEntries([...response.headers].filter(([name]) => !OWN_HEADERS.has(name))) };
    if (Date.now() > limit) throw new Error(`verify does not know ${path}: ${response.status} ${body}`);
  }
};

const rate = ({ latencies, ms }: Asked): number => (latencies.length / ms) * 1000;
const percentile = ({ latencies }: Asked, share: number): number => latencies[Math.floor(latencies.length * share)] ?? Number.NaN;

const checkAllAnswered = ({ statuses }: Asked, count: number): void => {
  if (statuses.get('200') !== count) throw new Error(`not every answer was a 200: ${JSON.stringify(Object.fromEntries(statuses))}`);
};

/** Sends this many requests in each of three rounds. */
export const verify = async (ground: Ground, certificates: number, requests: number): Promise<Report> => {
  await ground.loaded(certificates);
  const platform = await ground.platform();
  const paths = await pathsOf(platform);
  const constant = await startConstant(await untilKnown(platform, paths.at(-1) ?? ''));
  const ports = { ours: Number(addressOf(platform).port), floor: constant.port };
  const ours: Asked[] = [];
  const floor: Asked[] = [];
  try {
    for (const port of Object.values(ports)) await ask(port, paths, Math.ceil(requests / 5));
    for (let round = 0; round < ROUNDS; round += 1) {
      ours.push(await ask(ports.ours, paths, requests));
      floor.push(await ask(ports.floor, paths, requests));
    }
  } finally {
    constant.stop();
  }
  for (const asked of [...ours, ...floor]) checkAllAnswered(asked, requests);
  const [ourRate, floorRate] = [median(ours.map(rate)), median(floor.map(rate))];
  const [ourP99, floorP99] = [ours, floor].map((all) => round(median(all.map((asked) => percentile(asked, 0.99)))));
  const ratio = round(ourRate / floorRate);
  return {
    floorIs: 'node:http answering a constant of the same size',
    figures: [
      { what: `answers, ${requests.toLocaleString('en')} asked`, measured: perSecond(ourRate), floor: perSecond(floorRate), ratio },
      { what: 'p99', measured: `${ourP99} ms`, floor: `${floorP99} ms`, ratio: round((ourP99 ?? 0) / (floorP99 ?? 1)) },
    ],
    json: { requests, perSecond: Math.round(ourRate), floorPerSecond: Math.round(floorRate), ratio, p99Ms: ourP99, floorP99Ms: floorP99 },
  };
};
