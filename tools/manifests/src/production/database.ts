// PostgreSQL by CloudNativePG: three instances, archived continuously to an object store and copied there each night.
import { externalSecret } from './secrets';
import type { Resource } from '../resource';

const DATABASE = 'hengji-db';
const OWNER = 'database-owner';
const ARCHIVE = 'database-archive';
const API = 'postgresql.cnpg.io/v1';
const PLUGIN = 'barman-cloud.cloudnative-pg.io';

const cluster: Resource = {
  ...{ apiVersion: API, kind: 'Cluster' },
  metadata: { name: DATABASE },
  spec: {
    instances: 3,
    imageName: 'ghcr.io/cloudnative-pg/postgresql:18.1-standard-bookworm',
    // A commit is answered when one more instance has it, so losing an instance loses no act.
    postgresql: { parameters: { max_connections: '400', timezone: 'UTC' }, synchronous: { method: 'any', number: 1 } },
    bootstrap: { initdb: { database: 'hengji', owner: 'hengji', secret: { name: OWNER } } },
    // `prepare` makes one database for each service.
    managed: { roles: [{ name: 'hengji', ensure: 'present', login: true, createdb: true, passwordSecret: { name: OWNER } }] },
    storage: { size: '200Gi' },
    walStorage: { size: '50Gi' },
    resources: { requests: { cpu: '1', memory: '4Gi' }, limits: { cpu: '4', memory: '4Gi' } },
    affinity: { enablePodAntiAffinity: true, podAntiAffinityType: 'required', topologyKey: 'kubernetes.io/hostname' },
    plugins: [{ name: PLUGIN, isWALArchiver: true, parameters: { barmanObjectName: ARCHIVE } }],
    monitoring: { enablePodMonitor: false },
  },
};

const archive: Resource = {
  ...{ apiVersion: 'barmancloud.cnpg.io/v1', kind: 'ObjectStore' },
  metadata: { name: ARCHIVE },
  spec: {
    retentionPolicy: '180d',
    configuration: {
      destinationPath: 's3://hengji-database/',
      endpointURL: 'https://objects.example',
      s3Credentials: {
        accessKeyId: { name: ARCHIVE, key: 'ACCESS_KEY_ID' },
        secretAccessKey: { name: ARCHIVE, key: 'SECRET_ACCESS_KEY' },
      },
      wal: { compression: 'gzip' },
      data: { compression: 'gzip' },
    },
  },
};

const nightly: Resource = {
  ...{ apiVersion: API, kind: 'ScheduledBackup' },
  metadata: { name: `${DATABASE}-nightly` },
  // Seconds first; 18:30 UTC is 02:30 in Asia/Shanghai.
  spec: {
    schedule: '0 30 18 * * *',
    method: 'plugin',
    pluginConfiguration: { name: PLUGIN },
    cluster: { name: DATABASE },
    backupOwnerReference: 'self',
  },
};

export const databaseResources = (): Resource[] => [
  cluster,
  archive,
  nightly,
  externalSecret(OWNER, { username: ['database', 'username'], password: ['database', 'password'] }, 'kubernetes.io/basic-auth'),
  externalSecret(ARCHIVE, { ACCESS_KEY_ID: ['database', 'archiveKeyId'], SECRET_ACCESS_KEY: ['database', 'archiveKey'] }),
];

export const DATABASE_PODS = { 'cnpg.io/cluster': DATABASE } as const;
export const DATABASE_PORT = 5432;
