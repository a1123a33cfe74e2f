// The overlays without operators: `plain` (one node, two pods of each service), `dev` (one pod of each), and the component with the
// simulators of other systems and the demo's accounts, which both include.
import { addressesOf } from '../../../start/services.mts';
import {
  CLUSTER,
  keysOf,
  PLAIN_BROKERS,
  PERMANENT,
  PORTS,
  PREPARE,
  secretsOf,
  settingsOf,
  SIMULATORS,
  TRUST,
  TRUST_FILE,
} from '../cluster';
import { PROVINCE_JOB, provinceJobs } from '../jobs';
import { policyOf, reachPolicies } from '../policies';
import { kustomizationFile, literals, NAMESPACE, resourcesFile, selector, type Resource } from '../resource';
import { folderPatch, imagesOf, SHARED_CPU, workload } from '../workload';
import { kafka, KAFKA, KAFKA_PORT, postgres, POSTGRES, POSTGRES_PORT } from './servers';

/** Written by `npm run manifests -- secrets`; git ignores it. */
export const SECRETS_FOLDER = 'overlays/plain/secrets';
const inSecrets = (file: string): string => `secrets/${file}`;
export const envFileOf = (name: string): string => `${name}.env`;

const ATTACHMENTS = 'attachments';
const WITH_FOLDER = PERMANENT.filter(({ folders }) => Object.keys(folders).length > 0);

const claim: Resource = {
  ...{ apiVersion: 'v1', kind: 'PersistentVolumeClaim' },
  metadata: { name: ATTACHMENTS },
  // The pods of a service share it, so all of them are on one node.
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '20Gi' } } },
};

const merged = (name: string, settings: Readonly<Record<string, string>>) => ({
  ...{ name: settingsOf(name), behavior: 'merge' },
  literals: literals(settings),
});

const secret = (name: string) => ({ name: secretsOf(name), envs: [inSecrets(envFileOf(name))] });

/** Services that have variables of their own that are secret. */
export const WITH_SECRETS = CLUSTER.filter(({ secrets, trialSecrets }) => Object.keys({ ...secrets, ...trialSecrets }).length > 0);
export const WITH_KEYS = CLUSTER.filter(({ keyFiles }) => keyFiles.length > 0);
export const OTHER_SECRETS = { database: POSTGRES, prepare: PREPARE, province: PROVINCE_JOB } as const;

const addresses = (): Record<string, string> =>
  addressesOf(
    Object.fromEntries(CLUSTER.map(({ name, ports }) => [name, Object.fromEntries(ports.map((port) => [port, PORTS[port].number]))])),
    (name) => name,
  );

/** All pods are on one node, with room for one more of each during a rollout. */
const SHARED = JSON.stringify([{ op: 'replace', path: '/spec/template/spec/containers/0/resources/requests/cpu', value: SHARED_CPU }]);

const plain = (version: string): Record<string, unknown> => ({
  namespace: NAMESPACE,
  resources: ['../../base', 'postgres.yaml', 'kafka.yaml', 'attachments.yaml', 'policies.yaml', 'province.yaml'],
  components: ['../../components/simulators'],
  configMapGenerator: [
    { name: settingsOf(PREPARE), literals: [`KAFKA_BROKERS=${PLAIN_BROKERS}`] },
    { name: settingsOf(PROVINCE_JOB), literals: literals(addresses()) },
    ...WITH_FOLDER.map(({ name, folders }) => merged(name, folders)),
  ],
  secretGenerator: [
    ...WITH_SECRETS.map(({ name }) => secret(name)),
    ...WITH_KEYS.map(({ name, keyFiles }) => ({ name: keysOf(name), files: keyFiles.map((file) => inSecrets(`keys/${file}`)) })),
    { name: TRUST, files: [inSecrets(`keys/${TRUST_FILE}`)] },
    ...Object.values(OTHER_SECRETS).map(secret),
  ],
  patches: [
    { target: { kind: 'Deployment' }, patch: SHARED },
    ...WITH_FOLDER.map((service) => ({ path: `attachments-of-${service.name}.yaml` })),
  ],
  images: imagesOf(version),
});

const ONE = JSON.stringify([{ op: 'replace', path: '/spec/replicas', value: 1 }]);

export const plainFiles = (version: string): [string, string][] => [
  [
    'components/simulators/kustomization.yaml',
    kustomizationFile(
      'Stand-ins for the systems of other agencies, and the demo accounts of the README. For trials; a real installation leaves it out.',
      {
        resources: SIMULATORS.map(({ name }) => `${name}.yaml`),
        configMapGenerator: [
          ...SIMULATORS.map(({ name, settings, trial }) => ({ name: settingsOf(name), literals: literals({ ...settings, ...trial }) })),
          ...PERMANENT.filter(({ trial }) => Object.keys(trial).length > 0).map(({ name, trial }) => merged(name, trial)),
        ],
      },
      'Component',
    ),
  ],
  ...SIMULATORS.map((service): [string, string] => [
    `components/simulators/${service.name}.yaml`,
    resourcesFile(`The simulator ${service.name}.`, [...workload(service), policyOf(service)]),
  ]),
  [
    'overlays/plain/kustomization.yaml',
    kustomizationFile('Everything on one node and without operators: for small networks and for trials. docs/DEPLOY.md', plain(version)),
  ],
  ['overlays/plain/postgres.yaml', resourcesFile('PostgreSQL, one pod.', postgres())],
  ['overlays/plain/kafka.yaml', resourcesFile('Kafka, one pod.', kafka())],
  ['overlays/plain/attachments.yaml', resourcesFile('The folder of attachments.', [claim])],
  ...WITH_FOLDER.map((service): [string, string] => [
    `overlays/plain/attachments-of-${service.name}.yaml`,
    resourcesFile(`The folder of attachments in ${service.name}.`, [folderPatch(service, ATTACHMENTS)]),
  ]),
  [
    'overlays/plain/policies.yaml',
    resourcesFile('Who may connect to PostgreSQL and Kafka.', [
      ...reachPolicies('database', { labels: selector(POSTGRES), port: POSTGRES_PORT }),
      ...reachPolicies('kafka', { labels: selector(KAFKA), port: KAFKA_PORT }),
    ]),
  ],
  [
    'overlays/plain/province.yaml',
    resourcesFile('The sample province and its order; each runs when somebody asks for it, never by the clock.', provinceJobs()),
  ],
  [
    'overlays/dev/kustomization.yaml',
    kustomizationFile('As `plain`, with one pod of each service.', {
      namespace: NAMESPACE,
      resources: ['../plain'],
      patches: [{ target: { kind: 'Deployment' }, patch: ONE }],
    }),
  ],
];
