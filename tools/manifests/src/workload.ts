// The resources of one service: its account, its pods, its address, and how many of its pods may be away at once.
import {
  ATTACHMENTS_FOLDER,
  CLUSTER,
  KEYS_FOLDER,
  keysOf,
  PORTS,
  PREPARE,
  secretsOf,
  settingsOf,
  TRUST,
  TRUST_FILE,
  type ClusterService,
} from './cluster';
import { reaches, selector, type Resource } from './resource';
import { containerSecurity, NODE_USER, podSecurity, scratch } from './security';

/** A pod is out of the addresses of its service before its process is told to stop; clients learn the addresses anew each second. */
const PRE_STOP_SECONDS = 5;
/**
 * The pause above, ten seconds at most for each of the parts that really wait (libs/host/src/part.ts), and more than Kafka's session
 * (KAFKA_SESSION_MS, 6 s), so that a reader leaves its group instead of being missed by it.
 */
const GRACE_SECONDS = 45;

export const REPLICAS = 2;

/** Of the image of a service, or of the stage `prepare`; the overlay gives the tag. */
export const imageOf = (name: string): string => `hengji/${name}`;

/** The tags of an overlay: its version. */
export const imagesOf = (version: string) =>
  [...CLUSTER.map(({ name }) => name), PREPARE].map((name) => ({ name: imageOf(name), newTag: version }));

const probe = (path: string, more: Record<string, number>): Record<string, unknown> => ({
  httpGet: { path, port: PORTS.HEALTH_PORT.name },
  timeoutSeconds: 5,
  ...more,
});

/**
 * /healthz answers as soon as the process runs, also while it waits for another service or for its fences; no answer means that the
 * process hangs, and only then a restart helps. /readyz also wants all parts started, its database writable and its consumer reading,
 * and is false again from the moment the process is told to stop.
 */
const PROBES = {
  startupProbe: probe('/healthz', { periodSeconds: 2, failureThreshold: 60 }),
  livenessProbe: probe('/healthz', { periodSeconds: 10, failureThreshold: 6 }),
  readinessProbe: probe('/readyz', { periodSeconds: 3, failureThreshold: 2 }),
};

/**
 * Node's heap is limited to 192 MiB in the image; the rest of the limit is for code, buffers and the fonts of documents. The autoscalers of
 * production count processor time as a share of what is requested.
 */
const RESOURCES = { requests: { cpu: '250m', memory: '256Mi' }, limits: { cpu: '1', memory: '512Mi' } };
/** On one node, where idle processes must find room beside those that work: an idle one takes 20m. */
export const SHARED_CPU = '20m';
const WAITING = { requests: { cpu: '10m', memory: '64Mi' }, limits: { cpu: '500m', memory: '256Mi' } };

const TMP = { mount: { name: 'tmp', mountPath: '/tmp' }, volume: scratch('tmp') };

const keyVolume = ({ name, keyFiles, trusts }: ClusterService): Record<string, unknown>[] => {
  const sources = [
    ...(keyFiles.length > 0 ? [{ secret: { name: keysOf(name), items: keyFiles.map((file) => ({ key: file, path: file })) } }] : []),
    ...(trusts ? [{ secret: { name: TRUST, items: [{ key: TRUST_FILE, path: TRUST_FILE }] } }] : []),
  ];
  return sources.length === 0 ? [] : [{ name: 'keys', projected: { sources } }];
};

const envFrom = (service: ClusterService): Record<string, unknown>[] => [
  { configMapRef: { name: settingsOf(service.name) } },
  ...(Object.keys({ ...service.secrets, ...service.trialSecrets }).length > 0 ? [{ secretRef: { name: secretsOf(service.name) } }] : []),
];

/** The new version's pods wait for the job that migrates; the job's own rollout order is not Kubernetes' business. */
const untilMigrated = (service: ClusterService): Record<string, unknown> => ({
  name: 'migrated',
  image: imageOf(PREPARE),
  imagePullPolicy: 'IfNotPresent',
  command: ['node', 'tools/migrate/migrate.mts', 'await', service.name],
  env: [{ name: 'DATABASE_URL', valueFrom: { secretKeyRef: { name: secretsOf(service.name), key: 'DATABASE_URL' } } }],
  resources: WAITING,
  securityContext: containerSecurity,
  volumeMounts: [TMP.mount],
});

const container = (service: ClusterService): Record<string, unknown> => ({
  name: service.name,
  image: imageOf(service.name),
  imagePullPolicy: 'IfNotPresent',
  ports: service.ports.map((port) => ({ name: PORTS[port].name, containerPort: PORTS[port].number })),
  envFrom: envFrom(service),
  resources: RESOURCES,
  ...PROBES,
  lifecycle: { preStop: { sleep: { seconds: PRE_STOP_SECONDS } } },
  securityContext: containerSecurity,
  volumeMounts: [TMP.mount, ...(keyVolume(service).length > 0 ? [{ name: 'keys', mountPath: KEYS_FOLDER, readOnly: true }] : [])],
});

const spread = (name: string, topologyKey: string): Record<string, unknown> => ({
  ...{ maxSkew: 1, topologyKey, whenUnsatisfiable: 'ScheduleAnyway' },
  labelSelector: { matchLabels: selector(name) },
});

const deployment = (service: ClusterService): Resource => ({
  ...{ apiVersion: 'apps/v1', kind: 'Deployment' },
  metadata: { name: service.name, labels: selector(service.name) },
  spec: {
    replicas: service.alone ? 1 : REPLICAS,
    selector: { matchLabels: selector(service.name) },
    // A new pod is ready before an old one ends; what is alone ends first, because two of it would disagree.
    strategy: service.alone ? { type: 'Recreate' } : { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
    template: {
      metadata: { labels: { ...selector(service.name), ...reaches(service) } },
      spec: {
        serviceAccountName: service.name,
        ...podSecurity(NODE_USER),
        terminationGracePeriodSeconds: GRACE_SECONDS,
        topologySpreadConstraints: ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map((key) => spread(service.name, key)),
        ...(service.database && { initContainers: [untilMigrated(service)] }),
        containers: [container(service)],
        volumes: [TMP.volume, ...keyVolume(service)],
      },
    },
  },
});

/** Without an address of its own the name means every ready pod: gRPC clients share their calls among all of them. */
const address = ({ name, ports }: ClusterService): Resource => ({
  ...{ apiVersion: 'v1', kind: 'Service' },
  metadata: { name, labels: selector(name) },
  spec: {
    clusterIP: 'None',
    selector: selector(name),
    ports: ports.map((port) => ({ name: PORTS[port].name, port: PORTS[port].number, targetPort: PORTS[port].name })),
  },
});

const account = ({ name }: ClusterService): Resource => ({
  ...{ apiVersion: 'v1', kind: 'ServiceAccount' },
  metadata: { name, labels: selector(name) },
  automountServiceAccountToken: false,
});

export const disruption = (name: string): Resource => ({
  ...{ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' },
  metadata: { name, labels: selector(name) },
  spec: { maxUnavailable: 1, selector: { matchLabels: selector(name) } },
});

export const workload = (service: ClusterService): Resource[] => [
  account(service),
  deployment(service),
  address(service),
  disruption(service.name),
];

/** Mounts the folder of attachments from a claim; for installations without an object store. */
export const folderPatch = ({ name }: ClusterService, claim: string): Resource => ({
  ...{ apiVersion: 'apps/v1', kind: 'Deployment' },
  metadata: { name },
  spec: {
    template: {
      spec: {
        containers: [{ name, volumeMounts: [{ name: 'attachments', mountPath: ATTACHMENTS_FOLDER }] }],
        volumes: [{ name: 'attachments', persistentVolumeClaim: { claimName: claim } }],
      },
    },
  },
});
