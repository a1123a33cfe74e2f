// The part of Kustomize that infra/k8s uses, so that the specs need no program: resources, components, generated ConfigMaps and Secrets,
// patches of Deployments, and image tags. Generated names get no hash here, so references need no correction.
import { readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { at, listAt, type Json } from './json';

interface Generator {
  readonly name: string;
  readonly behavior?: 'merge';
  readonly literals?: readonly string[];
  readonly envs?: readonly string[];
  readonly files?: readonly string[];
}

interface Kustomization {
  readonly resources?: readonly string[];
  readonly components?: readonly string[];
  readonly configMapGenerator?: readonly Generator[];
  readonly secretGenerator?: readonly Generator[];
  readonly patches?: readonly { readonly path?: string; readonly patch?: string; readonly target?: { readonly kind: string } }[];
  readonly images?: readonly { readonly name: string; readonly newTag: string }[];
  readonly namespace?: string;
}

const READS = ['apiVersion', 'kind', 'resources', 'components', 'configMapGenerator', 'secretGenerator', 'patches', 'images', 'namespace'];

const pair = (line: string): [string, string] => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)];

const dataOf = (folder: string, { literals = [], envs = [], files = [] }: Generator): Record<string, string> =>
  Object.fromEntries([
    ...literals.map(pair),
    ...envs.flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n').filter(Boolean).map(pair)),
    ...files.map((file): [string, string] => [basename(file), readFileSync(join(folder, file), 'utf8')]),
  ]);

const encoded = (data: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(data).map(([name, value]) => [name, Buffer.from(value).toString('base64')]));

const isNamed = (json: Json, kind: string, name: string): boolean => json['kind'] === kind && at(json, 'metadata.name') === name;

/** Adds the generator's ConfigMap or Secret, or merges its data into the one that exists. */
const generated = (resources: readonly Json[], kind: 'ConfigMap' | 'Secret', { name, behavior }: Generator, data: Json): Json[] => {
  const existing = resources.filter((one) => isNamed(one, kind, name));
  if (existing.length !== (behavior === 'merge' ? 1 : 0)) throw new Error(`${kind} ${name}: ${behavior ?? 'create'} of ${existing.length}`);
  if (behavior !== 'merge') return [...resources, { apiVersion: 'v1', kind, metadata: { name }, data }];
  return resources.map((one) => (isNamed(one, kind, name) ? { ...one, data: { ...(one['data'] as Json), ...data } } : one));
};

/** One operation of a JSON patch; only `replace` and `remove` of members are used. */
const operated = (json: Json, { op, path, value }: { op: string; path: string; value?: unknown }): Json => {
  const [, key = '', ...rest] = path.split('/');
  if (!(key in json)) throw new Error(`${op} ${path}: there is no ${key}`);
  const replaced = rest.length > 0 ? operated(json[key] as Json, { op, path: `/${rest.join('/')}`, value }) : value;
  if (Array.isArray(json)) return Object.assign([], json, { [key]: replaced }) as unknown as Json;
  const { [key]: _, ...others } = json;
  return rest.length === 0 && op === 'remove' ? others : { ...others, [key]: replaced };
};

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Lists that Kubernetes merges by name; every other list is replaced. */
const BY_NAME = ['containers', 'initContainers', 'volumes'];
const BY_PATH = ['volumeMounts'];

const mergedLists = (key: string, old: readonly Json[], more: readonly Json[]): readonly Json[] => {
  const by = BY_NAME.includes(key) ? 'name' : BY_PATH.includes(key) ? 'mountPath' : undefined;
  if (by === undefined) return more;
  const found = new Map(more.map((one) => [one[by], one]));
  const known = old.map((one) => one[by]);
  return [...more.filter((one) => !known.includes(one[by])), ...old.map((one) => merged(one, found.get(one[by]) ?? {}))];
};

const merged = (old: Json, patch: Json): Json => ({
  ...old,
  ...Object.fromEntries(
    Object.entries(patch).map(([key, value]) => {
      const before = old[key];
      if (Array.isArray(value) && Array.isArray(before)) return [key, mergedLists(key, before as Json[], value as Json[])];
      return [key, isObject(value) && isObject(before) ? merged(before, value) : value];
    }),
  ),
});

const patched = (
  folder: string,
  resources: readonly Json[],
  { path, patch, target }: NonNullable<Kustomization['patches']>[number],
): Json[] => {
  if (patch !== undefined) {
    const operations = JSON.parse(patch) as Parameters<typeof operated>[1][];
    return resources.map((one) => (one['kind'] === target?.kind ? operations.reduce(operated, one) : one));
  }
  const more = parse(readFileSync(join(folder, path ?? ''), 'utf8')) as Json;
  return resources.map((one) => (isNamed(one, String(more['kind']), String(at(more, 'metadata.name'))) ? merged(one, more) : one));
};

const tagged = (resources: readonly Json[], images: NonNullable<Kustomization['images']>): Json[] => {
  const tagOf = (image: unknown) => images.find(({ name }) => name === image)?.newTag;
  const ofContainers = (containers: readonly Json[]): Json[] =>
    containers.map((one) =>
      tagOf(one['image']) === undefined ? one : { ...one, image: `${String(one['image'])}:${tagOf(one['image'])}` },
    );
  const ofTemplate = (template: Json): Json => {
    const pod = template['spec'] as Json;
    const lists = ['initContainers', 'containers'].filter((name) => name in pod);
    return { ...template, spec: { ...pod, ...Object.fromEntries(lists.map((name) => [name, ofContainers(listAt(pod, name))])) } };
  };
  /** Pods stand below `template`, in jobs by the clock one level deeper. */
  const ofSpec = (spec: Json): Json => ({
    ...spec,
    ...(isObject(spec['template']) && isObject(spec['template']['spec']) && { template: ofTemplate(spec['template']) }),
    ...(isObject(spec['jobTemplate']) && { jobTemplate: { ...spec['jobTemplate'], spec: ofSpec(spec['jobTemplate']['spec'] as Json) } }),
  });
  return resources.map((one) => (isObject(one['spec']) ? { ...one, spec: ofSpec(one['spec']) } : one));
};

const fileResources = (path: string): Json[] =>
  parseAllDocuments(readFileSync(path, 'utf8'), { version: '1.1' }).map((document) => document.toJS() as Json);

const collected = (folder: string, paths: readonly string[]): Json[] =>
  paths.flatMap((path) => {
    const found = join(folder, path);
    return statSync(found).isDirectory() ? kustomized(found) : fileResources(found);
  });

/** The resources that the kustomization of the folder gives; `base`: those that a component is added to. */
export const kustomized = (folder: string, base: readonly Json[] = []): Json[] => {
  const kustomization = parse(readFileSync(join(folder, 'kustomization.yaml'), 'utf8')) as Kustomization;
  const unknown = Object.keys(kustomization).filter((key) => !READS.includes(key));
  if (unknown.length > 0) throw new Error(`${folder}: this reader of kustomizations knows no ${unknown.join(', ')}`);
  const { resources = [], components = [], configMapGenerator = [], secretGenerator = [], patches = [], images = [] } = kustomization;
  let all = [...base, ...collected(folder, resources)];
  for (const component of components) all = kustomized(join(folder, component), all);
  for (const one of configMapGenerator) all = generated(all, 'ConfigMap', one, dataOf(folder, one));
  for (const one of secretGenerator) all = generated(all, 'Secret', one, encoded(dataOf(folder, one)));
  for (const one of patches) all = patched(folder, all, one);
  return tagged(all, images);
};
