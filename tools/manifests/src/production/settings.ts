// What an installation sets for itself. The addresses are examples (`.example` exists nowhere); an overlay of the installation replaces
// them.
import { isPublic, PERMANENT, KEYS_FOLDER } from '../cluster';
import { BROKERS } from './kafka';

export const HOSTS = { gateway: 'hengji.example', verify: 'verify.hengji.example' } as const satisfies Record<string, string>;

interface Production {
  readonly settings?: Readonly<Record<string, string>>;
  /** Variables with secrets that only production has */
  readonly secrets?: readonly string[];
  /** Files below the folder of keys that only production has */
  readonly keyFiles?: readonly string[];
}

const OBJECT_STORE_KEY = 's3.json';

/** By service. The province's identity provider and object store take the place of demo accounts and of a folder. */
export const PRODUCTION: Readonly<Record<string, Production>> = {
  gateway: {
    settings: { OIDC_ISSUER: 'https://identity.example', OIDC_CLIENT_ID: 'hengji-console', PUBLIC_URL: `https://${HOSTS.gateway}` },
    secrets: ['OIDC_CLIENT_SECRET'],
  },
  enforcement: {
    settings: { ATTACHMENTS_S3_ENDPOINT: 'https://objects.example', ATTACHMENTS_S3_KEY_FILE: `${KEYS_FOLDER}/${OBJECT_STORE_KEY}` },
    keyFiles: [OBJECT_STORE_KEY],
  },
};

/** A setting that leads to a simulator in a trial leads to the real system here: MINISTRY_URL → https://ministry.example. */
const ofRealSystem = (variable: string): string => `https://${variable.replace(/_URL$/, '').toLowerCase().replaceAll('_', '-')}.example`;

/** Settings that differ from those of the base, by service. */
export const productionSettings = (): [string, Record<string, string>][] =>
  PERMANENT.map(({ name, trial, kafka, ...service }) => [
    name,
    {
      ...(kafka && { KAFKA_BROKERS: BROKERS }),
      // The address of a client is the one that the proxy in front names.
      ...(isPublic({ name, trial, kafka, ...service }) && { TRUSTED_PROXIES: '1' }),
      ...Object.fromEntries(
        Object.keys(trial).flatMap((variable) => (variable.endsWith('_URL') ? [[variable, ofRealSystem(variable)]] : [])),
      ),
      ...PRODUCTION[name]?.settings,
    },
  ]);

/** Services that connect to systems outside the cluster. */
export const callsOutside = (name: string): boolean =>
  productionSettings().some(
    ([service, settings]) => service === name && Object.values(settings).some((value) => value.startsWith('https://')),
  );
