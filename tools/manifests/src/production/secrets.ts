// Secrets come from the province's own store by the External Secrets operator; the repository has their places only.
import { keysOf, PERMANENT, PREPARE, secretsOf, TRUST, TRUST_FILE, type ClusterService } from '../cluster';
import type { Resource } from '../resource';
import { PRODUCTION } from './settings';

const STORE = 'hengji';
const PREFIX = 'hengji';

/** @param data key of the Secret → name and property in the store, below `hengji/` */
export const externalSecret = (name: string, data: Readonly<Record<string, readonly [string, string]>>, type = 'Opaque'): Resource => ({
  ...{ apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret' },
  metadata: { name },
  spec: {
    refreshInterval: '1h',
    secretStoreRef: { kind: 'ClusterSecretStore', name: STORE },
    target: { name, creationPolicy: 'Owner', template: { type } },
    data: Object.entries(data).map(([secretKey, [key, property]]) => ({ secretKey, remoteRef: { key: `${PREFIX}/${key}`, property } })),
  },
});

/** What several services must hold alike is kept once, below `platform`; a service's own below its name. */
const PLATFORM = 'platform';

const variables = ({ name, secrets }: ClusterService): Record<string, readonly [string, string]> => ({
  ...Object.fromEntries(
    Object.entries(secrets).map(([variable, secret]) => [variable, variable === 'DATABASE_URL' ? [name, variable] : [PLATFORM, secret]]),
  ),
  ...Object.fromEntries((PRODUCTION[name]?.secrets ?? []).map((variable) => [variable, [name, variable]])),
});

const files = ({ name, keyFiles }: ClusterService): Record<string, readonly [string, string]> => ({
  ...Object.fromEntries(keyFiles.map((file) => [file, [name, file]])),
  ...Object.fromEntries((PRODUCTION[name]?.keyFiles ?? []).map((file) => [file, [name, file]])),
});

export const secretResources = (): Resource[] => [
  ...PERMANENT.map((service) => externalSecret(secretsOf(service.name), variables(service))),
  ...PERMANENT.filter((service) => Object.keys(files(service)).length > 0).map((service) =>
    externalSecret(keysOf(service.name), files(service)),
  ),
  externalSecret(TRUST, { [TRUST_FILE]: [PLATFORM, TRUST_FILE] }),
  externalSecret(secretsOf(PREPARE), { DATABASE_URL_BASE: [PREPARE, 'DATABASE_URL_BASE'] }),
];
