// Whom a change can break: a project, whoever depends on it, and so on.
type Edges = Readonly<Record<string, readonly { readonly target: string }[]>>;

/** The named ones and all that depend on them, however far. */
export const brokenWith = (names: readonly string[], dependencies: Edges): ReadonlySet<string> => {
  const broken = new Set(names);
  for (let before = 0; before < broken.size;) {
    before = broken.size;
    for (const [name, edges] of Object.entries(dependencies)) if (edges.some(({ target }) => broken.has(target))) broken.add(name);
  }
  return broken;
};
