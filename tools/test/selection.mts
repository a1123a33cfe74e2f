// The projects of an `npm test`: all, or those that a change in the named projects can break. A project can break with a
// named one if it depends on that one, by an import or by its project.json (journeys run every service).
import { createProjectGraphAsync, type ProjectGraph } from '@nx/devkit';
import { SetupProblem } from '../launch/problem.mjs';
import { brokenWith } from './broken-with.mts';

/** The name in nx, the folder below the root, and its targets. */
export interface Project {
  readonly name: string;
  readonly folder: string;
  readonly targets: readonly string[];
}

export interface Selection {
  readonly projects: readonly Project[];
  /** Names of the projects that the named ones cannot break. */
  readonly leftOut: readonly string[];
}

const projectsOf = ({ nodes }: ProjectGraph): Project[] =>
  Object.values(nodes).map(({ name, data: { root: folder, targets = {} } }) => ({ name, folder, targets: Object.keys(targets) }));

/** The root: its targets are about all projects at once, so every selection includes it. */
export const WHOLE_PROJECT = 'hengji';

/** @param names of projects; all if empty */
export const select = async (names: readonly string[]): Promise<Selection> => {
  const graph = await createProjectGraphAsync({ exitOnError: false });
  const all = projectsOf(graph).sort((a, b) => a.name.localeCompare(b.name));
  if (names.length === 0) return { projects: all, leftOut: [] };
  const unknown = names.filter((name) => !all.some((project) => project.name === name));
  if (unknown.length > 0)
    throw new SetupProblem({
      what: `There is no project ${unknown.join(', ')}.`,
      why: 'testing only what it can break',
      mend: `name some of: ${all.map(({ name }) => name).join(', ')}`,
    });
  const broken = new Set([...brokenWith(names, graph.dependencies), WHOLE_PROJECT]);
  return {
    projects: all.filter(({ name }) => broken.has(name)),
    leftOut: all.filter(({ name }) => !broken.has(name)).map(({ name }) => name),
  };
};
