// The whole gateway as a list: health, the clients of its neighbours, and the one HTTP door.
import { randomBytes } from 'node:crypto';
import { countingUp, createLog, healthServer, type Log, type Part } from '@hengji/host';
import { connectNeighbours, neighboursPart, type Neighbours } from './adapters/clients/neighbours';
import { readTrustedKeys } from './adapters/clients/trusted-keys';
import { askVerify } from './adapters/clients/verify';
import { createApp } from './adapters/http/app';
import { httpServer } from './adapters/http/http-server';
import { sessions } from './adapters/http/sign-in/session';
import { identity } from './adapters/http/sign-in/identity';
import type { Config } from './config';

const app = (config: Config, neighbours: Neighbours, log: Log) => async (origin: string, stopping: AbortSignal) => {
  const cookies = sessions(config.SESSION_KEY, origin);
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

/** Tests call it too, with fake neighbours and port 0. */
export const compose = (config: Config): Part[] => {
  const log = createLog('gateway', config.LOG_LEVEL);
  const neighbours = connectNeighbours(config);
  return [
    healthServer({
      service: 'gateway',
      host: config.HTTP_HOST,
      port: config.HEALTH_PORT,
      log,
      otlpEndpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT,
    }),
    neighboursPart(neighbours),
    httpServer({ host: config.HTTP_HOST, port: config.HTTP_PORT, publicUrl: config.PUBLIC_URL, log, app: app(config, neighbours, log) }),
  ];
};
