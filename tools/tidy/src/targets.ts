// `npm test` runs the specs that the targets of projects name: a spec without a target would be left out without a
// message.
import type { Tree } from './tree';

/** The target by what a spec needs, with the same distinction as in jest.config.cjs. */
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
