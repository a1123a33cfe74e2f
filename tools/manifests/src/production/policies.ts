// The exceptions of an installation with operators, beside those of the base.
import { PERMANENT, PORTS } from '../cluster';
import { pods, policy, reachPolicies, tcp } from '../policies';
import { selector, type Resource } from '../resource';
import { DATABASE_PODS, DATABASE_PORT } from './database';
import { KAFKA_PODS } from './kafka';
import { callsOutside } from './settings';

const inNamespace = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });
const API_SERVER = [443, 6443];

/** What the pods of an operator need among themselves, from their operator and to the API server (and an object store). */
const ofOperator = (name: string, labels: Record<string, string>, operator: string): Resource =>
  policy(name, {
    podSelector: { matchLabels: labels },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ from: [pods(labels), inNamespace(operator)] }],
    egress: [{ to: [pods(labels)] }, { ports: tcp(...API_SERVER) }],
  });

const outside = (name: string): Resource =>
  policy(`${name}-outside`, {
    podSelector: { matchLabels: selector(name) },
    policyTypes: ['Egress'],
    egress: [{ ports: tcp(443) }],
  });

export const productionPolicies = (): Resource[] => [
  ...reachPolicies('database', { labels: DATABASE_PODS, port: DATABASE_PORT }),
  ...reachPolicies('kafka', { labels: KAFKA_PODS, port: 9092 }),
  ofOperator('database-cluster', DATABASE_PODS, 'cnpg-system'),
  ofOperator('kafka-cluster', KAFKA_PODS, 'strimzi'),
  // KEDA reads the positions of the groups.
  policy('kafka-lag', {
    podSelector: { matchLabels: KAFKA_PODS },
    policyTypes: ['Ingress'],
    ingress: [{ from: [inNamespace('keda')], ports: tcp(9092) }],
  }),
  policy('metrics', {
    podSelector: { matchExpressions: [{ key: 'app.kubernetes.io/name', operator: 'In', values: PERMANENT.map(({ name }) => name) }] },
    policyTypes: ['Ingress'],
    ingress: [{ from: [inNamespace('monitoring')], ports: tcp(PORTS.HEALTH_PORT.number) }],
  }),
  ...PERMANENT.filter(({ name }) => callsOutside(name)).map(({ name }) => outside(name)),
];
