// infra/k8s is what the table of services gives, and what Kustomize builds of it keeps every rule of this platform's pods.
import { EVERY_TOPIC, PARTICIPANTS } from '@hengji/contracts';
import { readConfig } from '@hengji/host';
import type { ZodRawShape } from 'zod';
import { SERVICES } from '../../start/services.mts';
import { differences } from '../src/files';
import { buildOverlays, ROOT, type Built } from './built';
import { at, listAt, recordAt, type Json } from './json';
import { PRODUCTION_RULES, RULES } from './rules';

const OVERLAYS = ['plain', 'dev', 'production'] as const;
const built = buildOverlays(OVERLAYS);
const find = (resources: readonly Built[], kind: string, name: string): Built => {
  const found = resources.find((one) => one.kind === kind && one.name === name);
  if (found === undefined) throw new Error(`there is no ${kind} ${name}`);
  return found;
};
const deployments = (resources: readonly Built[]): string[] =>
  resources
    .filter(({ kind }) => kind === 'Deployment')
    .map(({ name }) => name)
    .sort();

it('the committed files are what the table of services gives', () => expect(differences(ROOT)).toEqual([]));

it('every process of the table has a Deployment, simulators only in a trial', () => {
  const names = SERVICES.map(({ name }) => name).sort();
  expect(deployments(built.plain)).toEqual(names);
  expect(deployments(built.dev)).toEqual(names);
  expect(deployments(built.production)).toEqual(names.filter((name) => !name.endsWith('-sim')));
});

describe.each(OVERLAYS)('in the overlay %s', (overlay) => {
  it.each(Object.entries(RULES))('each workload keeps the rule: %s', (_, rule) => expect(rule(built[overlay])).toEqual([]));
});

it.each(Object.entries(PRODUCTION_RULES))('production keeps the rule: %s', (_, rule) => expect(rule(built.production)).toEqual([]));

const changed = (resources: readonly Built[], kind: string, name: string, change: (json: Json) => Json): Built[] =>
  resources.map((one) => (one.kind === kind && one.name === name ? { ...one, json: change(one.json) } : one));
const without = (resources: readonly Built[], kind: string, name: string): Built[] =>
  resources.filter((one) => !(one.kind === kind && one.name === name));

/** A copy with another value at the path. */
const set = (json: unknown, path: string, value: unknown): Json => {
  const [key = '', ...rest] = path.split('.');
  const copy: Record<string, unknown> = Array.isArray(json) ? (Object.assign([], json) as never) : { ...(json as Json) };
  copy[key] = rest.length === 0 ? value : set(copy[key], rest.join('.'), value);
  return copy;
};

describe('a workload of exam is refused', () => {
  const POD = 'spec.template.spec';
  it.each([
    ['not root', `${POD}.securityContext.runAsNonRoot`, false, 'may run as root'],
    ['not root', `${POD}.securityContext.runAsUser`, 0, 'may run as root'],
    ['seccomp', `${POD}.securityContext.seccompProfile`, undefined, 'has no seccomp profile'],
    ['no token', `${POD}.automountServiceAccountToken`, undefined, 'has a token of the API server'],
    ['own account', `${POD}.serviceAccountName`, undefined, 'has no account of its own'],
    ['read-only root', `${POD}.containers.0.securityContext.readOnlyRootFilesystem`, undefined, 'writes its root'],
    ['read-only root', `${POD}.initContainers.0.securityContext`, undefined, 'writes its root'],
    ['no escalation', `${POD}.containers.0.securityContext.capabilities.drop`, [], 'may gain privileges'],
    ['requests and limits', `${POD}.containers.0.resources.limits.memory`, undefined, 'has no requests and limits'],
    ['exact image', `${POD}.containers.0.image`, 'registry:5000/hengji/exam', 'has an image without a version'],
    ['exact image', `${POD}.containers.0.image`, 'hengji/exam:latest', 'has an image without a version'],
    ['writable /tmp', `${POD}.containers.0.volumeMounts`, [], 'cannot write /tmp'],
    ['three probes', `${POD}.containers.0.startupProbe`, undefined, 'lacks a probe'],
    ['life is not readiness', `${POD}.containers.0.livenessProbe.httpGet.path`, '/readyz', 'is killed when it is not ready'],
    ['ends in time', `${POD}.terminationGracePeriodSeconds`, 11, 'is cut off when it ends'],
    ['no secret in the open', `${POD}.containers.0.env`, [{ name: 'SEAL_KEY', value: '00' }], 'has a secret in its manifest'],
  ] as const)('by the rule “%s” when %s is %j', (rule, path, value, fault) =>
    expect(RULES[rule](changed(built.plain, 'Deployment', 'exam', (json) => set(json, path, value)))).toEqual([`Deployment exam ${fault}`]),
  );

  it('without its budget, its policy, or the policy that denies', () => {
    expect(RULES['disruption budget'](without(built.plain, 'PodDisruptionBudget', 'exam'))).toEqual([
      'Deployment exam has no PodDisruptionBudget',
    ]);
    const alone = built.plain.filter(
      ({ kind, name }) => kind !== 'NetworkPolicy' || !['exam', 'province-to-exam', 'to-database', 'to-kafka'].includes(name),
    );
    expect(RULES['network policy'](alone)).toContain('Deployment exam has no NetworkPolicy');
    expect(RULES['default deny'](without(built.plain, 'NetworkPolicy', 'default-deny'))).toEqual(['no NetworkPolicy denies everything']);
  });

  it('in production without its secret’s origin, its monitor, or with two autoscalers', () => {
    const { production } = built;
    const deployment = find(production, 'Deployment', 'exam');
    expect(PRODUCTION_RULES['secrets come from outside'](without(production, 'ExternalSecret', 'exam-keys'))).toEqual([
      'Deployment exam reads the secret exam-keys, which no ExternalSecret makes',
    ]);
    expect(PRODUCTION_RULES['secrets come from outside']([...production, { ...deployment, kind: 'Secret' }])).toEqual([
      'Secret exam is in the manifests',
    ]);
    expect(PRODUCTION_RULES.monitored(without(production, 'ServiceMonitor', 'exam'))).toEqual(['Deployment exam has no ServiceMonitor']);
    const second = { ...find(production, 'ScaledObject', 'exam'), kind: 'HorizontalPodAutoscaler' };
    expect(PRODUCTION_RULES['one autoscaler']([...production, second])).toEqual(['Deployment exam has not exactly one autoscaler']);
    expect(PRODUCTION_RULES['no demo'](built.dev).length).toBeGreaterThan(0);
  });
});

const HEX = 'a1'.repeat(32);
/** A value of the right form for each secret that production takes from its store. */
const storedValue = (variable: string): string => (variable === 'DATABASE_URL' ? 'postgresql://hengji@hengji-db-rw:5432/hengji' : HEX);

/** The variables that a Deployment's container gets, as Kubernetes resolves them. */
const environmentIn = (resources: readonly Built[], name: string): Record<string, string> => {
  const [container] = listAt(find(resources, 'Deployment', name).json, 'spec.template.spec.containers');
  return Object.assign(
    {},
    ...listAt(container, 'envFrom').map((from) => {
      const map = at(from, 'configMapRef.name');
      if (map !== undefined) return recordAt(find(resources, 'ConfigMap', String(map)).json, 'data');
      const secret = String(at(from, 'secretRef.name'));
      const external = resources.find((one) => one.kind === 'ExternalSecret' && at(one.json, 'spec.target.name') === secret);
      if (external !== undefined) {
        return Object.fromEntries(
          listAt(external.json, 'spec.data').map((one) => [one['secretKey'], storedValue(String(one['secretKey']))]),
        );
      }
      const data = Object.entries(recordAt(find(resources, 'Secret', secret).json, 'data'));
      return Object.fromEntries(data.map(([variable, value]) => [variable, Buffer.from(value, 'base64').toString()]));
    }),
  ) as Record<string, string>;
};

describe.each(OVERLAYS)('the environment in the overlay %s', (overlay) => {
  it.each(deployments(built[overlay]))('of %s is what its configuration asks for', async (name) => {
    const { CONFIG } = (await import(`../../../apps/${name}/src/config`)) as { CONFIG: ZodRawShape };
    const environment = environmentIn(built[overlay], name);
    expect(Object.keys(environment).filter((variable) => !(variable in CONFIG))).toEqual([]);
    expect(() => readConfig(CONFIG, environment)).not.toThrow();
  });
});

/** Whether the policies let pods of one workload open a connection to a port of another. */
const mayConnect = (resources: readonly Built[], o: { from: string; to: string; port: number }): boolean => {
  const labelsOf = (name: string): Record<string, string> => {
    const one = resources.find(({ kind, name: other }) => ['Deployment', 'StatefulSet'].includes(kind) && other === name);
    return { ...recordAt(one?.json, 'spec.template.metadata.labels') };
  };
  const fits = (labels: Record<string, string>, selector: unknown): boolean =>
    selector !== undefined && Object.entries(recordAt(selector, 'matchLabels')).every(([key, value]) => labels[key] === value);
  const allows = (own: string, way: 'ingress' | 'egress', peer: string): boolean =>
    resources
      .filter(({ kind, json }) => kind === 'NetworkPolicy' && fits(labelsOf(own), at(json, 'spec.podSelector')))
      .flatMap(({ json }) => listAt(json, `spec.${way}`))
      .some((rule) => {
        const peers = rule[way === 'ingress' ? 'from' : 'to'] as readonly Json[] | undefined;
        const isPeer =
          peers === undefined || peers.some((one) => one['podSelector'] !== undefined && fits(labelsOf(peer), one['podSelector']));
        return isPeer && listAt(rule, 'ports').some((one) => one['port'] === o.port);
      });
  return allows(o.from, 'egress', o.to) && allows(o.to, 'ingress', o.from);
};

describe('the network', () => {
  const GRPC = SERVICES.filter(({ ports }) => ports.includes('GRPC_PORT')).map(({ name }) => name);

  it.each(SERVICES.map(({ name, asks }) => [name, asks] as const))('lets %s call whom it asks and nobody else: %j', (from, asks) =>
    expect(GRPC.filter((to) => mayConnect(built.plain, { from, to, port: 50_051 })).sort()).toEqual([...asks].sort()),
  );

  it('leads to PostgreSQL and Kafka only those that use them', () => {
    const to = (name: string, port: number) =>
      SERVICES.flatMap(({ name: from }) => (mayConnect(built.plain, { from, to: name, port }) ? [from] : [])).sort();
    expect(to('postgres', 5432)).toEqual([...PARTICIPANTS, 'enforcement'].sort());
    expect(to('kafka', 9092)).toEqual([...PARTICIPANTS, 'enforcement', 'gateway', 'verify'].sort());
    expect(to('verify', 8080)).toEqual(['gateway']);
    expect(to('agency-sim', 8080)).toEqual(['exchange']);
    expect(to('exam', 9000)).toEqual([]);
  });
});

describe('production', () => {
  const topics = built.production.filter(({ kind }) => kind === 'KafkaTopic');

  it('has each topic of the contracts with its settings, three times', () =>
    expect(
      topics.map(({ name, json }) => ({
        name,
        partitions: at(json, 'spec.partitions'),
        config: at(json, 'spec.config'),
        replicas: at(json, 'spec.replicas'),
      })),
    ).toEqual(EVERY_TOPIC.map(({ name, settings }) => ({ name, partitions: settings.partitions, config: settings.configs, replicas: 3 }))));

  it.each([...PARTICIPANTS, 'enforcement'])('scales %s by the lag of its group, to one reader for each partition', (name) => {
    const { json } = find(built.production, 'ScaledObject', name);
    const [lag] = listAt(json, 'spec.triggers').filter(({ type }) => type === 'kafka');
    expect(at(lag, 'metadata.consumerGroup')).toBe(name);
    expect(at(json, 'spec.maxReplicaCount')).toBe(6);
  });

  it('scales by processor time what reads no topic as a group', () =>
    expect(built.production.flatMap(({ kind, name }) => (kind === 'HorizontalPodAutoscaler' ? [name] : [])).sort()).toEqual([
      'gateway',
      'verify',
    ]));
});
