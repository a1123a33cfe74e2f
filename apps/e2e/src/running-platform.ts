// The whole platform for one suite: every service as a separate process on the suite's databases and topics, and the
// sample province loaded through the services' endpoints. Officers use the gateway, like every other user.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Order } from '@hengji/contracts/enforcement/v1/enforcement_service';
import type { Json } from '@hengji/contracts';
import { until } from '@hengji/testing';
import { leadCase } from '../../../tools/province/src/case';
import { type Officer, signIn } from '../../../tools/province/src/officer';
import { startPlatform } from '../../../tools/start/platform.mts';
import { runProvince } from '../../../tools/start/province.mts';
import { TEST_SERVER_TIME_ZONE } from '../../../tools/stack/standing.mts';
import { databaseUrl } from '../../../tools/stack/templates.mts';

export type OrderJson = Json<Order>;
export type Platform = Awaited<ReturnType<typeof startPlatform>>;

export interface Running {
  readonly platform: Platform;
  readonly gateway: string;
  /** Of the suite's topics. */
  readonly topicPrefix: string;
  officer(account: string): Promise<Officer>;
  /** Faults of the agencies' simulators: `PUT /admin/faults/:agency`, or none. */
  fault(agency: string, fault: object | undefined): Promise<void>;
  /** An agency decides on a transfer that it acknowledged. */
  decide(agency: 'police' | 'discipline', orderId: string, decision: object): Promise<void>;
  /** The earlier content of the ministry's platform: certificates that are imported as uploaded. */
  atMinistry(numbers: readonly string[]): Promise<void>;
  /** What an agency's simulator shows of itself. */
  agency<T>(path: string): Promise<T>;
  publicStatus(number: string): Promise<{ status: string; voidDocumentNo?: string }>;
  stop(): Promise<void>;
}

const given = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set; end-to-end suites run through jest's global set-up`);
  return value;
};

/** Long enough for two busy processors. */
const SESSION_MS = 2_000;

export interface RunningOptions {
  /** For suites that stop the broker. */
  readonly ownStack?: boolean;
  /** The port on this machine by which a service reaches PostgreSQL, if the suite puts a proxy between the two. */
  readonly throughDoor?: Readonly<Record<string, number>>;
  /** Certificates of the province, of 48 institutions; by default the small sample. */
  readonly certificates?: number;
  /** For every service. */
  readonly environment?: Readonly<Record<string, string>>;
  /** For the named services. */
  readonly environmentFor?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/**
 * A killed consumer is detected sooner if the broker allows it, because a suite that kills services waits for the
 * detection each time.
 */
const shortSession = (): Record<string, string> => {
  const shortest = process.env['TEST_KAFKA_SHORTEST_SESSION_MS'];
  return shortest === undefined ? {} : { KAFKA_SESSION_MS: String(Math.max(SESSION_MS, Number(shortest))) };
};

/** Starts everything and loads the sample province. */
export const startRunning = async (
  suite: string,
  { ownStack = false, throughDoor = {}, certificates, environment: more = {}, environmentFor: own = {} }: RunningOptions = {},
): Promise<Running> => {
  const dataFolder = mkdtempSync(join(tmpdir(), `hengji-${suite}-`));
  const name = `e2e_${suite}_${process.pid}`;
  const topicPrefix = `${name}.`;
  const stack = ownStack ? {} : { stack: { postgresUrl: given('TEST_POSTGRES_URL'), kafkaBrokers: given('TEST_KAFKA_BROKERS') } };
  // A suite sends more requests in a minute than people do.
  const environment = {
    RATE_LIMIT_PER_MINUTE: '1000000',
    SIGN_INS_PER_MINUTE: '1000000',
    COUNTED_UP_LIMIT: '0',
    ...(ownStack ? {} : shortSession()),
    ...more,
  };
  const atDoors = Object.fromEntries(
    Object.entries(throughDoor).map(([service, port]) => {
      const url = new URL(databaseUrl(given('TEST_POSTGRES_URL'), `${name}_${service}`));
      url.hostname = '127.0.0.1';
      url.port = String(port);
      return [service, { DATABASE_URL: url.href }];
    }),
  );
  const platform = await startPlatform({
    ...{ dataFolder, log: () => undefined, name, topicPrefix, timeZone: TEST_SERVER_TIME_ZONE },
    ...{ environment, environmentFor: { ...own, ...atDoors }, ...stack },
  });
  const address = (key: string): string => {
    const value = platform.addresses[key];
    if (value === undefined) throw new Error(`the platform has no ${key}`);
    return value;
  };
  const gateway = address('GATEWAY_URL');
  /** At the simulators' admin endpoint: adds a record, or removes it. */
  const stageHand = async (path: string, put: object | undefined, method = 'PUT'): Promise<void> => {
    const init = put === undefined ? { method: 'DELETE' } : { method, body: JSON.stringify(put) };
    const url = `${address('AGENCY_SIM_URL')}/admin${path}`;
    const response = await fetch(url, { ...init, headers: { 'content-type': 'application/json' } });
    if (!response.ok) throw new Error(`${url} → ${response.status} ${await response.text()}`);
  };
  const stop = async (): Promise<void> => {
    await platform.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  };
  try {
    const size = certificates === undefined ? ['--size', 'small'] : ['--certificates', String(certificates)];
    await runProvince(platform, ['load', ...size]);
    await uploadsKnown(await signIn(gateway, 'auditor', platform.environment['DEMO_PASSWORD']));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    platform,
    gateway,
    topicPrefix,
    officer: (account) => signIn(gateway, account, platform.environment['DEMO_PASSWORD']),
    fault: (agency, fault) => stageHand(`/faults/${agency}`, fault),
    decide: (agency, orderId, decision) => stageHand(`/${agency}/transfers/${orderId}/decision`, decision),
    atMinistry: (numbers) => stageHand('/ministry/uploads', { numbers }, 'POST'),
    agency: async <T>(path: string) => (await fetch(`${address('AGENCY_SIM_URL')}${path}`)).json() as Promise<T>,
    publicStatus: async (number) =>
      (await (await fetch(`${gateway}/api/public/certificates/${number}`)).json()) as { status: string; voidDocumentNo?: string },
    stop,
  };
};

/** Codes of the institutions that this authority supervises, in order. */
export const institutionsOf = async (running: Running, authority: string): Promise<string[]> => {
  const officer = await running.officer('auditor');
  const { items } = await officer.get<{ items: { code: string; authority: string }[] }>('/institutions?limit=1000');
  return items.filter((one) => one.authority === authority).map(({ code }) => code);
};

/** Exchange reports uploads to certificate by Kafka; the suites begin when certificate has consumed all of them. */
const uploadsKnown = async (auditor: Officer): Promise<void> => {
  const { items } = await auditor.get<{ items: { code: string }[] }>('/institutions?limit=1000');
  for (const { code } of items) {
    await until(
      () => auditor.get<{ certificate?: { uploaded: number }; exchange?: { uploaded: number } }>(`/institutions/${code}/counts`),
      // A service that does not answer is left out.
      ({ certificate, exchange }) => certificate !== undefined && certificate.uploaded === exchange?.uploaded,
      { withinMs: 60_000 },
    );
  }
};

export const ORDER_PATIENCE_MS = 120_000;

/** The order once it is in this state; a failure contains the last ledger. */
export const orderReaches = (officer: Officer, orderId: string, state: OrderJson['state']): Promise<OrderJson> =>
  until(
    () => officer.get<OrderJson>(`/orders/${orderId}`),
    (order) => order.state === state,
    { withinMs: ORDER_PATIENCE_MS },
  );

export interface Asked {
  readonly institution: string;
  readonly measures: readonly string[];
  readonly narrowed?: Partial<Record<'plans' | 'sessions' | 'persons' | 'certificates', string[]>> & {
    occupationLevels?: { occupation: string; level: string }[];
    from?: string;
    until?: string;
  };
  /** The order that this one replaces. */
  readonly supersedes?: string;
}

/** Signs the previewed order; the ledger then continues by itself. */
export const sign = (signer: Officer, { orderId }: OrderJson): Promise<OrderJson> => signer.post<OrderJson>(`/orders/${orderId}/sign`, {});

/** Confirms the records that the officer is shown, where a row stopped because its records differ from the signed ones. */
export const confirmDrift = async (officer: Officer, orderId: string): Promise<OrderJson> => {
  const { items } = await officer.get<{ items: { row: number; live: { root: string } }[] }>(`/orders/${orderId}/drift`);
  return officer.post<OrderJson>(`/orders/${orderId}/confirm-drift`, { seen: items.map(({ row, live }) => ({ row, root: live.root })) });
};

/** The date by which an institution must rectify (M6). */
export const DUE = '2099-01-31';

/** Drafts and previews in a separate case, and leads the case until the office's officer b may sign the order. */
export const draft = async (drafter: Officer, { institution, measures, narrowed = {}, supersedes = '' }: Asked): Promise<OrderJson> => {
  const scope = {
    institution,
    plans: [],
    sessions: [],
    occupationLevels: [],
    persons: [],
    certificates: [],
    from: '',
    until: '',
    ...narrowed,
  };
  const rectifyBy = measures.includes('RECTIFY') ? DUE : '';
  const body = { scope, measures, grounds: ['FORGED_PAPERS'], reason: '端到端测试', rectifyBy, supersedes };
  return leadCase(drafter, institution, async (caseId) => {
    const order = await drafter.post<OrderJson>('/orders', { ...body, caseId });
    return drafter.post<OrderJson>(`/orders/${order.orderId}/preview`, {});
  });
};
