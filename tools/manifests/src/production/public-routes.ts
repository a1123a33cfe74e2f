// The way in from outside: one gateway with a certificate, and a route to each service that people reach. And the way to the metrics.
import { isPublic, PERMANENT, PORTS } from '../cluster';
import { selector, type Resource } from '../resource';
import { HOSTS } from './settings';

const GATEWAY = 'hengji';
const CERTIFICATE = 'hengji-tls';
const hostOf = (name: string): string => {
  const host = Object.hasOwn(HOSTS, name) ? HOSTS[name as keyof typeof HOSTS] : undefined;
  if (host === undefined) throw new Error(`${name} has HTTP for people, and no host name in HOSTS`);
  return host;
};

const entries = PERMANENT.filter(isPublic).map(({ name }) => ({ name, host: hostOf(name) }));

const gateway: Resource = {
  ...{ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway' },
  metadata: { name: GATEWAY },
  spec: {
    gatewayClassName: 'envoy',
    listeners: entries.map(({ name, host }) => ({
      ...{ name, hostname: host, port: 443, protocol: 'HTTPS' },
      tls: { mode: 'Terminate', certificateRefs: [{ name: CERTIFICATE }] },
      allowedRoutes: { namespaces: { from: 'Same' } },
    })),
  },
};

const route = ({ name, host }: (typeof entries)[number]): Resource => ({
  ...{ apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute' },
  metadata: { name },
  spec: {
    parentRefs: [{ name: GATEWAY, sectionName: name }],
    hostnames: [host],
    // Event streams last longer than a proxy waits by itself; the services end their requests and streams themselves.
    rules: [{ backendRefs: [{ name, port: PORTS.HTTP_PORT.number }], timeouts: { request: '0s' } }],
  },
});

const certificate: Resource = {
  ...{ apiVersion: 'cert-manager.io/v1', kind: 'Certificate' },
  metadata: { name: CERTIFICATE },
  spec: {
    secretName: CERTIFICATE,
    dnsNames: entries.map(({ host }) => host),
    issuerRef: { kind: 'ClusterIssuer', name: 'hengji' },
    privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
  },
};

export const publicResources = (): Resource[] => [gateway, certificate, ...entries.map(route)];

/** Every service has /metrics beside its health. */
export const monitorResources = (): Resource[] =>
  PERMANENT.map(({ name }) => ({
    ...{ apiVersion: 'monitoring.coreos.com/v1', kind: 'ServiceMonitor' },
    metadata: { name, labels: selector(name) },
    spec: {
      selector: { matchLabels: selector(name) },
      endpoints: [{ port: PORTS.HEALTH_PORT.name, path: '/metrics', interval: '15s' }],
    },
  }));
