// infra/k8s/base: what is the same in every installation. It runs nowhere by itself: an overlay adds databases, broker and secrets.
import { PERMANENT, settingsOf, type ClusterService } from './cluster';
import { prepareJob } from './jobs';
import { DEFAULT_DENY, NAMES, policyOf } from './policies';
import { kustomizationFile, literals, NAMESPACE, resourcesFile, type Resource } from './resource';
import { workload } from './workload';

const LEVEL = 'restricted';

const namespace: Resource = {
  ...{ apiVersion: 'v1', kind: 'Namespace' },
  metadata: {
    name: NAMESPACE,
    // The API server refuses a pod that asks for more than the level allows.
    labels: Object.fromEntries(['enforce', 'warn', 'audit'].map((mode) => [`pod-security.kubernetes.io/${mode}`, LEVEL])),
  },
};

/** A change of a setting changes the name of its ConfigMap, and so starts new pods. */
const settings = ({ name, settings: own }: Pick<ClusterService, 'name' | 'settings'>) => ({
  name: settingsOf(name),
  literals: literals(own),
});

export const baseFiles = (version: string): [string, string][] => [
  [
    'base/kustomization.yaml',
    kustomizationFile('What is the same in every installation; an overlay adds databases, broker and secrets.', {
      namespace: NAMESPACE,
      resources: ['namespace.yaml', 'policies.yaml', 'prepare.yaml', ...PERMANENT.map(({ name }) => `${name}.yaml`)],
      configMapGenerator: PERMANENT.map(settings),
    }),
  ],
  ['base/namespace.yaml', resourcesFile('The namespace, with the level of security that its pods must keep.', [namespace])],
  [
    'base/policies.yaml',
    resourcesFile('Nothing connects to anything, except to the names of the cluster; every service adds its own exceptions.', [
      DEFAULT_DENY,
      NAMES,
    ]),
  ],
  ['base/prepare.yaml', resourcesFile('Databases and migrations, before the pods of this version start.', prepareJob(version))],
  ...PERMANENT.map((service): [string, string] => [
    `base/${service.name}.yaml`,
    resourcesFile(`The service ${service.name}.`, [...workload(service), policyOf(service)]),
  ]),
];
