// Which projects a change can break: a project, its dependents, their dependents, and so on.
type Edges = Readonly<Record<string, readonly { readonly target: string }[]>>;

/** The named projects and all their dependents, direct and indirect. */
export const brokenWith = (names: readonly string[], dependencies: Edges): ReadonlySet<string> => {
  const broken = new Set(names);
  for (let before = 0; before < broken.size;) {
    before = broken.size;
    for (const [name, edges] of Object.entries(dependencies)) if (edges.some(({ target }) => broken.has(target))) broken.add(name);
  }
  return broken;
};
