// The whole gateway as a list: health, clients of the other services, the sessions that have ended, and the HTTP server.
import { randomBytes } from 'node:crypto';
import { SESSIONS_TOPIC } from '@hengji/contracts';
import { countingUp, createLog, healthServer, type Log, type Part } from '@hengji/host';
import { connectKafka, kafkaOf, topicsKept } from '@hengji/messaging';
import { connectNeighbours, neighboursPart, type Neighbours } from './adapters/clients/neighbours';
import { readTrustedKeys } from './adapters/clients/trusted-keys';
import { askVerify } from './adapters/clients/verify';
import { createApp } from './adapters/http/app';
import { permissionsOf } from './adapters/http/me/permissions';
import { ROUTES } from './adapters/http/routes';
import { httpServer } from './adapters/http/http-server';
import { SESSION_SECONDS, sessions } from './adapters/http/sign-in/session';
import { identity } from './adapters/http/sign-in/identity';
import { endedHere, endedSessions, type EndedSessions } from './adapters/kafka/ended-sessions';
import type { Config } from './config';
import { levelOfPost } from './domain/access';

interface Used {
  readonly neighbours: Neighbours;
  readonly ended: EndedSessions;
  readonly log: Log;
}

const app =
  (config: Config, { neighbours, ended, log }: Used) =>
  async (origin: string, stopping: AbortSignal) => {
    const posts = { heads: config.HEAD_POSTS, departmentHeads: config.DEPARTMENT_HEAD_POSTS };
    const cookies = sessions({ key: config.SESSION_KEY, origin, ended, levelOf: (post) => levelOfPost(posts, post) });
    const { signIn, demoProvider } = await identity({
      config,
      origin,
      sessions: cookies,
      log,
      madeUpPassword: () => randomBytes(6).toString('base64url'),
    });
    return createApp({
      origin,
      deps: {
        neighbours,
        askVerify: askVerify(config.VERIFY_URL, config.CALLER_SECRET),
        readTrustedKeys: readTrustedKeys(config.TRUSTED_KEYS_FILE),
        sessions: cookies,
        countingUp: countingUp({ limit: config.COUNTED_UP_LIMIT }),
        events: { beatMs: config.EVENT_BEAT_MS, lifeMs: config.EVENT_LIFE_MS },
        permissions: permissionsOf(ROUTES),
      },
      signIn,
      demoProvider,
      consoleFolder: config.CONSOLE_FOLDER,
      ratePerMinute: config.RATE_LIMIT_PER_MINUTE,
      signInsPerMinute: config.SIGN_INS_PER_MINUTE,
      trustedProxies: config.TRUSTED_PROXIES,
      stopping,
      log,
    });
  };

/** The ended sessions, and the check of their topic. */
const endedAt = ({ KAFKA_BROKERS, ...config }: Config, log: Log): { readonly ended: EndedSessions; readonly watch: readonly Part[] } => {
  if (KAFKA_BROKERS === undefined) return { ended: endedHere(log), watch: [] };
  const kafka = connectKafka({ ...kafkaOf({ ...config, KAFKA_BROKERS }), clientId: 'gateway', log });
  return {
    ended: endedSessions({ kafka, key: Buffer.from(config.SESSION_KEY, 'hex'), seconds: SESSION_SECONDS, log }),
    watch: [topicsKept({ kafka, topics: [SESSIONS_TOPIC.name], log })],
  };
};

/** Tests also call it, with fake services and port 0. */
export const compose = (config: Config): Part[] => {
  const log = createLog('gateway', config.LOG_LEVEL);
  const neighbours = connectNeighbours(config);
  const { ended, watch } = endedAt(config, log);
  return [
    healthServer({
      service: 'gateway',
      host: config.HTTP_HOST,
      port: config.HEALTH_PORT,
      log,
      otlpEndpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT,
    }),
    neighboursPart(neighbours),
    ended,
    ...watch,
    httpServer({
      host: config.HTTP_HOST,
      port: config.HTTP_PORT,
      publicUrl: config.PUBLIC_URL,
      log,
      app: app(config, { neighbours, ended, log }),
    }),
  ];
};
