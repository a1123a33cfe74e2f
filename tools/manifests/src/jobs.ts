// Programs that end: the one that prepares databases and topics, and the sample province with its order.
import { CLUSTER, PORTS, PREPARE, secretsOf, settingsOf, type ClusterService } from './cluster';
import { reaches, selector, type Resource } from './resource';
import { containerSecurity, NODE_USER, podSecurity, scratch } from './security';
import { imageOf } from './workload';
import { policy, pods, tcp } from './policies';

const RESOURCES = { requests: { cpu: '50m', memory: '256Mi' }, limits: { cpu: '1', memory: '1Gi' } };
/** A job that has ended stays to be read for a day. */
const KEPT_SECONDS = 86_400;

interface Program {
  /** Of the image's stage `prepare` */
  readonly command: readonly string[];
  readonly account: string;
  readonly labels: Record<string, string>;
  readonly env: readonly Record<string, unknown>[];
  readonly envFrom: readonly Record<string, unknown>[];
  readonly tries: number;
}

const jobSpec = ({ command, account, labels, env, envFrom, tries }: Program): Record<string, unknown> => ({
  backoffLimit: tries,
  ttlSecondsAfterFinished: KEPT_SECONDS,
  template: {
    metadata: { labels: { ...selector(account), ...labels } },
    spec: {
      serviceAccountName: account,
      ...podSecurity(NODE_USER),
      restartPolicy: 'Never',
      containers: [
        {
          ...{ name: account, image: imageOf(PREPARE), imagePullPolicy: 'IfNotPresent', command },
          ...{ env, envFrom, resources: RESOURCES, securityContext: containerSecurity },
          volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
        },
      ],
      volumes: [scratch('tmp')],
    },
  },
});

const account = (name: string): Resource => ({
  ...{ apiVersion: 'v1', kind: 'ServiceAccount' },
  metadata: { name, labels: selector(name) },
  automountServiceAccountToken: false,
});

/**
 * Databases and migrations of this version; of what exists it changes nothing that the version before needs. A job cannot be changed, so
 * its name has the version.
 */
export const prepareJob = (version: string): Resource[] => [
  account(PREPARE),
  {
    ...{ apiVersion: 'batch/v1', kind: 'Job' },
    metadata: { name: `${PREPARE}-${version.replaceAll('.', '-')}`, labels: selector(PREPARE) },
    spec: jobSpec({
      command: ['node', 'tools/start/prepare.mts'],
      account: PREPARE,
      labels: reaches({ database: true, kafka: true }),
      // The keys come from the installation's secrets.
      env: [{ name: 'KEYS_FOLDER', value: '' }],
      envFrom: [{ configMapRef: { name: settingsOf(PREPARE) } }, { secretRef: { name: secretsOf(PREPARE) } }],
      tries: 20,
    }),
  },
];

const PROVINCE = 'province';

const calledByProvince = (service: ClusterService): boolean => service.ports.includes('GRPC_PORT') || service.ports.includes('HTTP_PORT');
const doorOf = ({ ports }: ClusterService) => (ports.includes('GRPC_PORT') ? PORTS.GRPC_PORT : PORTS.HTTP_PORT);

/** Never started by the clock: `kubectl create job load --from=cronjob/province-load` starts one. */
const NEVER = { schedule: '0 0 1 1 *', suspend: true } as const;

const onRequest = (name: string, args: readonly string[]): Resource => ({
  ...{ apiVersion: 'batch/v1', kind: 'CronJob' },
  metadata: { name: `${PROVINCE}-${name}`, labels: selector(PROVINCE) },
  spec: {
    ...NEVER,
    jobTemplate: {
      spec: jobSpec({
        command: ['node', '--enable-source-maps', 'dist/tools/province/main.js', ...args],
        account: PROVINCE,
        labels: {},
        env: [],
        envFrom: [{ configMapRef: { name: settingsOf(PROVINCE) } }, { secretRef: { name: secretsOf(PROVINCE) } }],
        tries: 0,
      }),
    },
  },
});

/** The sample province and its order, through the services' own calls. Not a part of production. */
export const provinceJobs = (): Resource[] => {
  const called = CLUSTER.filter(calledByProvince);
  return [
    account(PROVINCE),
    onRequest('load', ['load', '--size', 'small']),
    onRequest('order', ['order', '--json']),
    policy(PROVINCE, {
      podSelector: { matchLabels: selector(PROVINCE) },
      policyTypes: ['Egress'],
      egress: called.map((service) => ({ to: [pods(selector(service.name))], ports: tcp(doorOf(service).number) })),
    }),
    ...called.map((service) =>
      policy(`${PROVINCE}-to-${service.name}`, {
        podSelector: { matchLabels: selector(service.name) },
        policyTypes: ['Ingress'],
        ingress: [{ from: [pods(selector(PROVINCE))], ports: tcp(doorOf(service).number) }],
      }),
    ),
  ];
};

export const PROVINCE_JOB = PROVINCE;
