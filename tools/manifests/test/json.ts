// Values of parsed YAML by their paths.
export type Json = Readonly<Record<string, unknown>>;

/** The value below a path such as `spec.template.spec`, or undefined. */
export const at = (json: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? (value as Json)[key] : undefined), json);

export const listAt = (json: unknown, path: string): readonly Json[] => (at(json, path) as readonly Json[] | undefined) ?? [];

export const recordAt = (json: unknown, path: string): Readonly<Record<string, string>> =>
  (at(json, path) as Readonly<Record<string, string>> | undefined) ?? {};
