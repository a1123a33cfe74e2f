// The rules that every built workload must keep, as functions from the resources of an overlay to their faults.
import type { Built } from './built';
import { at, listAt, recordAt, type Json } from './json';

type Rule = (resources: readonly Built[]) => string[];

const SERVED = ['Deployment', 'StatefulSet'];
const WORKLOADS = [...SERVED, 'Job', 'CronJob'];

const ofKind = (resources: readonly Built[], ...kinds: readonly string[]): readonly Built[] =>
  resources.filter(({ kind }) => kinds.includes(kind));

const templateOf = ({ json }: Built): unknown => at(json, 'spec.template') ?? at(json, 'spec.jobTemplate.spec.template');
const podOf = (one: Built): unknown => at(templateOf(one), 'spec');
const containersOf = (one: Built): readonly Json[] => [...listAt(podOf(one), 'initContainers'), ...listAt(podOf(one), 'containers')];
const titleOf = ({ kind, name }: Built): string => `${kind} ${name}`;

/** One fault for each workload of these kinds that does not satisfy the condition. */
const eachWorkload =
  (fault: string, kinds: readonly string[], holds: (pod: unknown, one: Built) => boolean): Rule =>
  (resources) =>
    ofKind(resources, ...kinds).flatMap((one) => (holds(podOf(one), one) ? [] : [`${titleOf(one)} ${fault}`]));

const eachContainer = (fault: string, kinds: readonly string[], holds: (container: Json) => boolean): Rule =>
  eachWorkload(fault, kinds, (_, one) => containersOf(one).every(holds));

/** Of the containers that stay, without those that prepare. */
const eachServing = (fault: string, holds: (container: Json) => boolean): Rule =>
  eachWorkload(fault, SERVED, (pod) => listAt(pod, 'containers').every(holds));

const selects = (labels: Readonly<Record<string, string>>, selector: unknown): boolean => {
  const wanted = Object.entries(recordAt(selector, 'matchLabels'));
  return wanted.length > 0 && wanted.every(([name, value]) => labels[name] === value);
};

/** Whether a resource of the kind selects the pods of each workload. */
const selectedBy =
  (fault: string, kinds: readonly string[], o: { kind: string; path: string }): Rule =>
  (resources) =>
    ofKind(resources, ...kinds).flatMap((one) => {
      const labels = recordAt(templateOf(one), 'metadata.labels');
      const found = ofKind(resources, o.kind).some(({ json }) => selects(labels, at(json, o.path)));
      return found ? [] : [`${titleOf(one)} ${fault}`];
    });

const KAFKA_SESSION_SECONDS = 6;

const graceFits = (pod: unknown): boolean => {
  const pauses = listAt(pod, 'containers').map((one) => Number(at(one, 'lifecycle.preStop.sleep.seconds')));
  return pauses.every((pause) => pause > 0 && Number(at(pod, 'terminationGracePeriodSeconds')) > pause + KAFKA_SESSION_SECONDS);
};

const isBounded = (container: Json): boolean =>
  ['requests', 'limits'].every((what) => ['cpu', 'memory'].every((of) => at(container, `resources.${what}.${of}`) !== undefined));

const SECRET_NAME = /(SECRET|PASSWORD|_KEY|^DATABASE_URL.*)$/;
const holdsSecret = (container: Json): boolean =>
  listAt(container, 'env').some((one) => SECRET_NAME.test(String(one['name'])) && one['value'] !== undefined);

export const RULES = {
  'not root': eachWorkload(
    'may run as root',
    WORKLOADS,
    (pod) => at(pod, 'securityContext.runAsNonRoot') === true && Number(at(pod, 'securityContext.runAsUser')) > 0,
  ),
  seccomp: eachWorkload('has no seccomp profile', WORKLOADS, (pod) => at(pod, 'securityContext.seccompProfile.type') === 'RuntimeDefault'),
  'no token': eachWorkload('has a token of the API server', WORKLOADS, (pod) => at(pod, 'automountServiceAccountToken') === false),
  'own account': (resources) =>
    ofKind(resources, ...WORKLOADS).flatMap((one) =>
      ofKind(resources, 'ServiceAccount').some(({ name }) => name === at(podOf(one), 'serviceAccountName'))
        ? []
        : [`${titleOf(one)} has no account of its own`],
    ),
  'read-only root': eachContainer('writes its root', WORKLOADS, (one) => at(one, 'securityContext.readOnlyRootFilesystem') === true),
  'no escalation': eachContainer(
    'may gain privileges',
    WORKLOADS,
    (one) =>
      at(one, 'securityContext.allowPrivilegeEscalation') === false && String(at(one, 'securityContext.capabilities.drop')) === 'ALL',
  ),
  'requests and limits': eachContainer('has no requests and limits', WORKLOADS, isBounded),
  'exact image': eachContainer(
    'has an image without a version',
    WORKLOADS,
    (one) => /:[^:/]+$/.test(String(one['image'])) && !/:latest$/.test(String(one['image'])),
  ),
  'writable /tmp': eachContainer('cannot write /tmp', WORKLOADS, (one) =>
    listAt(one, 'volumeMounts').some((mount) => mount['mountPath'] === '/tmp'),
  ),
  'three probes': eachServing('lacks a probe', (one) =>
    ['startupProbe', 'livenessProbe', 'readinessProbe'].every((name) => one[name] !== undefined),
  ),
  'life is not readiness': eachWorkload('is killed when it is not ready', ['Deployment'], (pod) =>
    listAt(pod, 'containers').every(
      (one) => at(one, 'livenessProbe.httpGet.path') === '/healthz' && at(one, 'readinessProbe.httpGet.path') === '/readyz',
    ),
  ),
  'ends in time': eachWorkload('is cut off when it ends', ['Deployment'], graceFits),
  'no secret in the open': eachContainer('has a secret in its manifest', WORKLOADS, (one) => !holdsSecret(one)),
  'disruption budget': selectedBy('has no PodDisruptionBudget', ['Deployment'], { kind: 'PodDisruptionBudget', path: 'spec.selector' }),
  'network policy': selectedBy('has no NetworkPolicy', WORKLOADS, { kind: 'NetworkPolicy', path: 'spec.podSelector' }),
  'default deny': (resources) =>
    ofKind(resources, 'NetworkPolicy').some(
      ({ json }) =>
        Object.keys(recordAt(json, 'spec.podSelector')).length === 0 &&
        ['ingress', 'egress'].every((way) => at(json, `spec.${way}`) === undefined) &&
        String(at(json, 'spec.policyTypes')) === 'Ingress,Egress',
    )
      ? []
      : ['no NetworkPolicy denies everything'],
} as const satisfies Record<string, Rule>;

/** Names below keys that refer to secrets, wherever they stand. */
const secretNames = (json: unknown): string[] => {
  if (Array.isArray(json)) return json.flatMap(secretNames);
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([key, value]: [string, unknown]) =>
    ['secretRef', 'secretKeyRef', 'secret'].includes(key) ? [String(at(value, 'name'))] : secretNames(value),
  );
};

const monitored = (resources: readonly Built[], one: Built): boolean =>
  ofKind(resources, 'ServiceMonitor').some(({ json }) => selects(recordAt(one.json, 'metadata.labels'), at(json, 'spec.selector')));

const autoscalersOf = (resources: readonly Built[], name: string): number =>
  ofKind(resources, 'ScaledObject', 'HorizontalPodAutoscaler').filter(({ json }) => at(json, 'spec.scaleTargetRef.name') === name).length;

/** Rules that hold only with operators. */
export const PRODUCTION_RULES = {
  'secrets come from outside': (resources) => [
    ...ofKind(resources, 'Secret').map((one) => `${titleOf(one)} is in the manifests`),
    ...ofKind(resources, ...WORKLOADS).flatMap((one) =>
      secretNames(podOf(one)).flatMap((name) =>
        ofKind(resources, 'ExternalSecret').some(({ json }) => at(json, 'spec.target.name') === name)
          ? []
          : [`${titleOf(one)} reads the secret ${name}, which no ExternalSecret makes`],
      ),
    ),
  ],
  monitored: (resources) =>
    ofKind(resources, 'Deployment').flatMap((one) => (monitored(resources, one) ? [] : [`${titleOf(one)} has no ServiceMonitor`])),
  'one autoscaler': (resources) =>
    ofKind(resources, 'Deployment').flatMap((one) =>
      autoscalersOf(resources, one.name) === 1 && at(one.json, 'spec.replicas') === undefined
        ? []
        : [`${titleOf(one)} has not exactly one autoscaler`],
    ),
  'no demo': (resources) =>
    ofKind(resources, 'ConfigMap').flatMap((one) =>
      Object.entries(recordAt(one.json, 'data')).flatMap(([name, value]) =>
        name.startsWith('DEMO_') || /-sim\b/.test(value) ? [`${titleOf(one)} has ${name} of a trial`] : [],
      ),
    ),
} as const satisfies Record<string, Rule>;
