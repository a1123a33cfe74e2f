// The parts of verify: three consumers and one HTTP server. Tests use it too, with their own broker and clock.
import { createLog, healthServer, type Part } from '@hengji/host';
import { connectKafka, kafkaOf, ownersAt, sealReader } from '@hengji/messaging';
import { publicApp } from './adapters/http/app';
import { httpServer } from './adapters/http/http-server';
import { canary } from './adapters/kafka/canary';
import { ears } from './adapters/kafka/ears';
import { lookUp } from './application/look-up';
import type { Config } from './config';
import { certificateTable } from './domain/certificate-table';
import { voidOrders } from './domain/void-orders';

const SERVICE = 'verify';

export const compose = (config: Config, now = (): Date => new Date()): Part[] => {
  const log = createLog(SERVICE, config.LOG_LEVEL);
  const kafka = connectKafka({ ...kafkaOf(config), clientId: SERVICE, log });
  const listening = { table: certificateTable(), orders: voidOrders(), names: new Map<string, string>() };
  const seals = sealReader(config);
  const owners = ownersAt({
    caller: SERVICE,
    secret: config.CALLER_SECRET,
    addresses: { certificate: config.CERTIFICATE_ADDR, enforcement: config.ENFORCEMENT_ADDR, approval: config.APPROVAL_ADDR },
  });
  const heard = ears({
    ...{ kafka, owners, listening, seals, log, now },
    ownersConfirmWithinMs: config.OWNERS_CONFIRM_WITHIN_SECONDS * 1_000,
  });
  const singing = canary({ kafka, seals, log, now });
  const nameOf = (institution: string): string => listening.names.get(institution) ?? '';
  const app = publicApp({
    lookUp: lookUp({ ...listening, nameOf, canary: singing.find, doubts: heard.doubts, asOf: heard.asOf }),
    perMinute: config.RATE_LIMIT_PER_MINUTE,
    countedUpLimit: config.COUNTED_UP_LIMIT,
    callerSecret: config.CALLER_SECRET,
    trustedProxies: config.TRUSTED_PROXIES,
    log,
  });
  return [
    healthServer({
      service: SERVICE,
      host: config.HTTP_HOST,
      port: config.HEALTH_PORT,
      log,
      ready: heard.ready,
      otlpEndpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT,
    }),
    owners,
    ...heard.parts,
    ...singing.parts,
    httpServer({ host: config.HTTP_HOST, port: config.HTTP_PORT, app }),
  ];
};
