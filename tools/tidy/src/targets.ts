// `npm test` runs the specs that targets of projects name: a spec that no target runs would be dropped without a word.
import type { Tree } from './tree';

/** By what a spec needs, as jest.config.cjs tells them apart. */
const targetOf = (path: string): string => /\.(int|e2e)\.spec\.ts$/.exec(path)?.[1]?.replace('int', 'integration') ?? 'unit';

const isSpec = (path: string): boolean => /\.spec\.tsx?$/.test(path) && !/\/(fixtures|generated)\//.test(path);

const targetsOf = (projectJson: string): string[] => Object.keys((JSON.parse(projectJson) as { targets?: object }).targets ?? {});

export const checkTargets = (tree: Tree): string[] => [
  ...new Set(
    [...tree.keys()].filter(isSpec).flatMap((path) => {
      const folder = path.split('/').slice(0, 2).join('/');
      const project = tree.get(`${folder}/project.json`);
      if (project === undefined) return [`${folder} has specs and no project.json, so npm test does not run them`];
      const target = targetOf(path);
      return targetsOf(project).includes(target)
        ? []
        : [`${folder}/project.json has no target ${target}, so npm test does not run its specs`];
    }),
  ),
];
