// What all resources have: labels, and how the files are written.
import { stringify } from 'yaml';

export interface Resource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly [more: string]: unknown };
  readonly [more: string]: unknown;
}

/** Path below infra/k8s → content. */
export type Files = ReadonlyMap<string, string>;

export const NAMESPACE = 'hengji';
const PART_OF = { 'app.kubernetes.io/part-of': 'hengji' } as const;

/** Selects the pods of one workload. */
export const selector = (name: string): Record<string, string> => ({ 'app.kubernetes.io/name': name, ...PART_OF });

/** The label by which network policies know that a pod may connect to the databases, or to the broker. */
export const reach = (what: 'database' | 'kafka'): Record<string, string> => ({ [`hengji.io/${what}`]: 'allowed' });

export const reaches = (o: { database: boolean; kafka: boolean }): Record<string, string> => ({
  ...(o.database && reach('database')),
  ...(o.kafka && reach('kafka')),
});

const head = (purpose: string): string =>
  `# ${purpose}\n# Written by \`npm run manifests\` from the table of services (tools/start/services.mts); a test compares them.\n`;

/** Kubernetes reads YAML 1.1, in which `yes` and `on` are no texts unless they are quoted. */
const asYaml = (value: unknown): string => stringify(value, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false });

/** A file of several resources, with its purpose at the top. */
export const resourcesFile = (purpose: string, resources: readonly Resource[]): string =>
  `${head(purpose)}${resources.map((one) => `---\n${asYaml(one)}`).join('')}`;

/** A kustomization, which is one document. */
export const kustomizationFile = (purpose: string, content: Record<string, unknown>, kind = 'Kustomization'): string =>
  `${head(purpose)}${asYaml({ apiVersion: kind === 'Component' ? 'kustomize.config.k8s.io/v1alpha1' : 'kustomize.config.k8s.io/v1beta1', kind, ...content })}`;

/** For generators of ConfigMaps: `NAME=value`. */
export const literals = (settings: Readonly<Record<string, string>>): string[] =>
  Object.entries(settings).map(([name, value]) => `${name}=${value}`);
