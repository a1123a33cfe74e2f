// infra/k8s/overlays/production: several nodes, with the operators that docs/DEPLOY.md names.
import { KEYS_FOLDER, keysOf, PERMANENT, PREPARE, settingsOf, TRUST, TRUST_FILE, type ClusterService } from '../cluster';
import { kustomizationFile, literals, NAMESPACE, resourcesFile, type Resource } from '../resource';
import { imagesOf } from '../workload';
import { databaseResources } from './database';
import { publicResources, monitorResources } from './public-routes';
import { kafkaResources, topicResources } from './kafka';
import { productionPolicies } from './policies';
import { scalingResources } from './scaling';
import { secretResources } from './secrets';
import { PRODUCTION, productionSettings } from './settings';

const PARTS: Readonly<Record<string, readonly [string, () => Resource[]]>> = {
  'database.yaml': ['PostgreSQL by CloudNativePG, its archive and its nightly copy.', databaseResources],
  'kafka.yaml': ['Kafka by Strimzi.', kafkaResources],
  'topics.yaml': ['The topics, one for each row of the contracts’ table (libs/contracts/src/every-topic.ts).', topicResources],
  'secrets.yaml': ['Where each secret comes from.', secretResources],
  'scaling.yaml': ['How many pods each service has.', scalingResources],
  'public-routes.yaml': ['The way in from outside.', publicResources],
  'monitors.yaml': ['Who reads the metrics.', monitorResources],
  'policies.yaml': ['The exceptions for operators, metrics and systems outside.', productionPolicies],
};

/** The autoscalers decide how many pods there are; an applied number would undo their decision. */
const NO_NUMBER = JSON.stringify([{ op: 'remove', path: '/spec/replicas' }]);

/** The demo's accounts are gone, so nothing is alone any more. */
const ROLLING = JSON.stringify([
  { op: 'replace', path: '/spec/strategy', value: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } } },
]);

/** Further files of keys, in the same folder. The list of sources has no key to merge by, so the patch gives the whole list. */
const keysPatch = ({ name, keyFiles }: ClusterService): Resource => ({
  ...{ apiVersion: 'apps/v1', kind: 'Deployment' },
  metadata: { name },
  spec: {
    template: {
      spec: {
        volumes: [
          {
            name: 'keys',
            projected: {
              sources: [
                {
                  secret: {
                    name: keysOf(name),
                    items: [...keyFiles, ...(PRODUCTION[name]?.keyFiles ?? [])].map((file) => ({ key: file, path: file })),
                  },
                },
                { secret: { name: TRUST, items: [{ key: TRUST_FILE, path: TRUST_FILE }] } },
              ],
            },
          },
        ],
      },
    },
  },
});

const WITH_MORE_KEYS = PERMANENT.filter(({ name }) => (PRODUCTION[name]?.keyFiles ?? []).length > 0);
const keysFile = (name: string): string => `keys-of-${name}.yaml`;

export const productionFiles = (version: string): [string, string][] => [
  [
    'overlays/production/kustomization.yaml',
    kustomizationFile('Several nodes, with operators. The addresses are examples; see docs/DEPLOY.md.', {
      namespace: NAMESPACE,
      resources: ['../../base', ...Object.keys(PARTS)],
      configMapGenerator: [
        // Without a broker the job leaves the topics alone: they are Strimzi's.
        { name: settingsOf(PREPARE), literals: ['KAFKA_BROKERS='] },
        ...productionSettings()
          .filter(([, settings]) => Object.keys(settings).length > 0)
          .map(([name, settings]) => ({ name: settingsOf(name), behavior: 'merge', literals: literals(settings) })),
      ],
      images: imagesOf(version),
      patches: [
        { target: { kind: 'Deployment' }, patch: NO_NUMBER },
        { target: { kind: 'Deployment' }, patch: ROLLING },
        ...WITH_MORE_KEYS.map(({ name }) => ({ path: keysFile(name) })),
      ],
    }),
  ],
  ...Object.entries(PARTS).map(([file, [purpose, resources]]): [string, string] => [
    `overlays/production/${file}`,
    resourcesFile(purpose, resources()),
  ]),
  ...WITH_MORE_KEYS.map((service): [string, string] => [
    `overlays/production/${keysFile(service.name)}`,
    resourcesFile(`The keys of ${service.name}, with the one of the object store in ${KEYS_FOLDER}.`, [keysPatch(service)]),
  ]),
];
