// Who may connect to whom: nobody, except as these policies name it. They follow the addresses in the services' settings.
import { CLUSTER, isPublic, PORTS, type ClusterService } from './cluster';
import { reach, selector, type Resource } from './resource';

export const policy = (name: string, spec: Record<string, unknown>): Resource => ({
  ...{ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' },
  metadata: { name },
  spec,
});

export const tcp = (...numbers: number[]): Record<string, unknown>[] => numbers.map((port) => ({ protocol: 'TCP', port }));
export const pods = (matchLabels: Record<string, string>): Record<string, unknown> => ({ podSelector: { matchLabels } });

export const DEFAULT_DENY = policy('default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });

export const NAMES = policy('names', {
  podSelector: {},
  policyTypes: ['Egress'],
  egress: [
    {
      to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } }],
      ports: ['UDP', 'TCP'].map((protocol) => ({ protocol, port: 53 })),
    },
  ],
});

/** Services that call this one, with the port that they call. */
const callersOf = (called: ClusterService, services: readonly ClusterService[]): { from: string; port: number }[] =>
  services.flatMap(({ name, calls }) =>
    calls.flatMap((one) => (one.name === called.name ? [{ from: name, port: PORTS[one.port].number }] : [])),
  );

/** One port on which several services may call. */
const groupedByPort = (callers: readonly { from: string; port: number }[]): [number, string[]][] =>
  [...new Set(callers.map(({ port }) => port))].map((port) => [port, callers.filter((one) => one.port === port).map(({ from }) => from)]);

/** @param among the services of the installation: a simulator that is not installed is no exception either */
export const policyOf = (service: ClusterService, among: readonly ClusterService[] = CLUSTER): Resource => {
  const ingress = groupedByPort(callersOf(service, among)).map(([port, names]) => ({
    from: names.map((name) => pods(selector(name))),
    ports: tcp(port),
  }));
  const egress = service.calls
    .filter(({ name }) => among.some((one) => one.name === name))
    .map(({ name, port }) => ({ to: [pods(selector(name))], ports: tcp(PORTS[port].number) }));
  return policy(service.name, {
    podSelector: { matchLabels: selector(service.name) },
    policyTypes: ['Ingress', 'Egress'],
    ingress: [...ingress, ...(isPublic(service) ? [{ ports: tcp(PORTS.HTTP_PORT.number) }] : [])],
    egress,
  });
};

/** Pods with the label `hengji.io/<what>` may connect to pods with these labels. */
export const reachPolicies = (what: 'database' | 'kafka', o: { labels: Record<string, string>; port: number }): Resource[] => {
  const allowed = reach(what);
  return [
    policy(`to-${what}`, {
      podSelector: { matchLabels: allowed },
      policyTypes: ['Egress'],
      egress: [{ to: [pods(o.labels)], ports: tcp(o.port) }],
    }),
    policy(what, {
      podSelector: { matchLabels: o.labels },
      policyTypes: ['Ingress'],
      ingress: [{ from: [pods(allowed)], ports: tcp(o.port) }],
    }),
  ];
};
