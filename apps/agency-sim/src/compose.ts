// The parts of agency-sim: simulators of the agencies' systems, for development and tests only.
import { createLog, healthServer, type Part } from '@hengji/host';
import { agencyApp } from './adapters/http/app';
import { httpServer } from './adapters/http/http-server';
import type { Config } from './config';

const SERVICE = 'agency-sim';

export const compose = (config: Config, now = (): Date => new Date()): Part[] => {
  const log = createLog(SERVICE, config.LOG_LEVEL);
  const signature = { appId: config.AGENCY_APP_ID, secret: config.AGENCY_SECRET, now };
  return [
    healthServer({ service: SERVICE, host: config.HTTP_HOST, port: config.HEALTH_PORT, log }),
    httpServer({ host: config.HTTP_HOST, port: config.HTTP_PORT, app: agencyApp(signature, log) }),
  ];
};
