// What the owner of the platform asked for (D1 … D6): the technologies, the layout, the services, the deployment.
import type { Standing } from './standing';

export const PLATFORM_TITLES = {
  D1: 'Technologies',
  D2: 'Layout of the repository',
  D3: 'Separate services over Kafka and gRPC',
  D4: 'Kubernetes',
  D5: 'Other agencies',
  D6: 'Consoles',
} as const;

/** Packages that D1 names. */
export const TECHNOLOGIES = [
  'nx',
  'express',
  'kafkajs',
  'prisma',
  '@grpc/grpc-js',
  'ts-proto',
  'jest',
  'testcontainers',
  'typescript',
] as const;
/** Files and folders at the top that D2 names; a folder ends with a slash. */
export const LAYOUT = [
  'nx.json',
  'package.json',
  'tsconfig.base.json',
  'apps/',
  'libs/',
  'proto/',
  'infra/',
  'docker-compose.yml',
] as const;

export const PLATFORM = {
  D1: {
    state: 'done',
    demand: 'nx, express, kafkajs, prisma, @grpc/grpc-js, ts-proto, jest, testcontainers; TypeScript.',
    rules: ['package.json', 'tools/tidy/src/clauses/platform.ts#TECHNOLOGIES'],
    screens: [],
    tests: [['tools/tidy/src/clauses/clauses.spec.ts', 'the technologies and the layout are those that the owner asked for']],
  },
  D2: {
    state: 'done',
    demand: 'At the top: nx.json, package.json, tsconfig.base.json, apps, libs, proto, infra, docker-compose.yml.',
    rules: ['tools/tidy/src/clauses/platform.ts#LAYOUT'],
    screens: [],
    tests: [['tools/tidy/src/clauses/clauses.spec.ts', 'the technologies and the layout are those that the owner asked for']],
  },
  D3: {
    state: 'done',
    demand: 'Separate services for approval, exam administration, certificates and enforcement; an enforcement action reaches all of them.',
    rules: ['libs/contracts/src/services.mts', 'apps/enforcement/src/domain/cascade.ts#EFFECTS'],
    screens: ['/orders/:id'],
    tests: [['apps/e2e/src/order-matrix.e2e.spec.ts', 'every measure on every subject, and its lifting']],
  },
  D4: {
    state: 'partly',
    issue: 13,
    demand: 'Deployment on Kubernetes.',
    missing: 'TLS and users of Kafka and PostgreSQL, a restore drill, an upgrade in the middle of an order as a journey',
    rules: ['tools/manifests/src/cluster.ts#CLUSTER', 'tools/manifests/src/workload.ts#workload', 'infra/k8s/base/kustomization.yaml'],
    screens: [],
    tests: [
      ['tools/manifests/test/manifests.spec.ts', 'the committed files are what the table of services gives'],
      ['tools/manifests/test/manifests.spec.ts', 'each workload keeps the rule: %s'],
      ['libs/host/src/grpc/several-processes.spec.ts', 'loses no call when one of them ends'],
    ],
  },
  D5: {
    state: 'partly',
    issue: 15,
    demand: 'Integrations with other agencies: 公安, 市场监管.',
    missing: 'questions to 市场监管 about the status of an institution',
    rules: ['apps/exchange/src/domain/message.ts#AGENCIES'],
    screens: ['/messages'],
    tests: [['apps/e2e/src/transfer.e2e.spec.ts', 'is acknowledged by the police, filed, and ends with the exhibits']],
  },
  D6: {
    state: 'partly',
    issue: 14,
    demand: 'Internal consoles of administrators.',
    missing: 'screens of approval, of the exam chain and of supervision; figures of a territory',
    rules: ['apps/gateway/src/adapters/http/me/menu.ts#AREAS', 'apps/console/src/app.tsx#App'],
    screens: ['/', '/parked', '/calendar', '/parameters'],
    tests: [['apps/e2e/src/console.e2e.spec.ts', 'shows each role its menu']],
  },
} as const satisfies Record<keyof typeof PLATFORM_TITLES, Standing>;
