// PostgreSQL and Kafka as one pod each, for small networks and trials without operators. Neither survives the loss of its node.
import { selector, type Resource } from '../resource';
import { containerSecurity, NODE_USER, podSecurity, scratch } from '../security';
import { secretsOf } from '../cluster';

export const POSTGRES = 'postgres';
export const KAFKA = 'kafka';
export const POSTGRES_PORT = 5432;
export const KAFKA_PORT = 9092;

interface Server {
  readonly name: string;
  readonly image: string;
  readonly port: number;
  readonly user: number;
  readonly storage: string;
  readonly mountPath: string;
  /** Paths that the image writes outside its data */
  readonly writes: readonly string[];
  readonly resources: Record<string, unknown>;
  readonly more: Record<string, unknown>;
}

/** The public images have bash, and not all of them a client of their own protocol. */
const answers = (port: number, more: Record<string, number>) => ({
  exec: { command: ['bash', '-c', `exec 3<>/dev/tcp/127.0.0.1/${port}`] },
  timeoutSeconds: 5,
  ...more,
});

const volumeName = (path: string): string => path.slice(1).replaceAll('/', '-');

const statefulSet = (server: Server): Resource => {
  const { name, image, port, user, storage, mountPath, writes, resources, more } = server;
  return {
    ...{ apiVersion: 'apps/v1', kind: 'StatefulSet' },
    metadata: { name, labels: selector(name) },
    spec: {
      ...{ serviceName: name, replicas: 1, selector: { matchLabels: selector(name) } },
      template: {
        metadata: { labels: selector(name) },
        spec: {
          serviceAccountName: name,
          ...podSecurity(user),
          terminationGracePeriodSeconds: 60,
          containers: [
            {
              ...{ name, image, imagePullPolicy: 'IfNotPresent', ...more },
              ports: [{ name, containerPort: port }],
              resources,
              startupProbe: answers(port, { periodSeconds: 2, failureThreshold: 90 }),
              livenessProbe: answers(port, { periodSeconds: 10, failureThreshold: 6 }),
              readinessProbe: answers(port, { periodSeconds: 5, failureThreshold: 2 }),
              securityContext: containerSecurity,
              volumeMounts: [{ name: 'data', mountPath }, ...writes.map((path) => ({ name: volumeName(path), mountPath: path }))],
            },
          ],
          volumes: writes.map((path) => scratch(volumeName(path))),
        },
      },
      volumeClaimTemplates: [
        { metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } } },
      ],
    },
  };
};

const address = ({ name, port }: Server): Resource => ({
  ...{ apiVersion: 'v1', kind: 'Service' },
  metadata: { name, labels: selector(name) },
  spec: { clusterIP: 'None', selector: selector(name), ports: [{ name, port, targetPort: name }] },
});

const account = ({ name }: Server): Resource => ({
  ...{ apiVersion: 'v1', kind: 'ServiceAccount' },
  metadata: { name, labels: selector(name) },
  automountServiceAccountToken: false,
});

const serverResources = (server: Server): Resource[] => [account(server), statefulSet(server), address(server)];

const env = (values: Readonly<Record<string, string>>) => Object.entries(values).map(([name, value]) => ({ name, value }));

export const postgres = (): Resource[] =>
  serverResources({
    ...{ name: POSTGRES, image: 'postgres:18-bookworm', port: POSTGRES_PORT, user: 999, storage: '20Gi' },
    mountPath: '/var/lib/postgresql',
    writes: ['/tmp', '/var/run/postgresql'],
    resources: { requests: { cpu: '100m', memory: '512Mi' }, limits: { cpu: '2', memory: '2Gi' } },
    more: {
      args: ['postgres', '-c', 'max_connections=400'],
      env: env({ POSTGRES_USER: 'hengji', POSTGRES_DB: 'postgres' }),
      envFrom: [{ secretRef: { name: secretsOf(POSTGRES) } }],
    },
  });

/** One broker that is its own controller, as in docker-compose.yml; topics are made by `prepare`, and kept as their table says. */
export const kafka = (): Resource[] =>
  serverResources({
    ...{ name: KAFKA, image: 'apache/kafka:4.3.1', port: KAFKA_PORT, user: NODE_USER, storage: '20Gi' },
    mountPath: '/var/lib/kafka/data',
    // The public image writes its settings and its log files.
    writes: ['/tmp', '/opt/kafka/config', '/opt/kafka/logs'],
    resources: { requests: { cpu: '100m', memory: '768Mi' }, limits: { cpu: '2', memory: '1536Mi' } },
    more: {
      env: env({
        KAFKA_NODE_ID: '1',
        KAFKA_PROCESS_ROLES: 'broker,controller',
        KAFKA_LISTENERS: `CONTROLLER://localhost:9093,CLIENTS://0.0.0.0:${KAFKA_PORT}`,
        KAFKA_ADVERTISED_LISTENERS: `CLIENTS://${KAFKA}:${KAFKA_PORT}`,
        KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
        KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
        KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CONTROLLER:PLAINTEXT,CLIENTS:PLAINTEXT',
        KAFKA_INTER_BROKER_LISTENER_NAME: 'CLIENTS',
        KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
        KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
        KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
        KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
        KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
        KAFKA_LOG_DIRS: '/var/lib/kafka/data/log',
      }),
    },
  });
