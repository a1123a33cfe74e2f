// Every file below infra/k8s, and the comparison with what is in the repository.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { baseFiles } from './base';
import { plainFiles } from './plain';
import { productionFiles } from './production';
import type { Files } from './resource';

const FOLDER = 'infra/k8s';
const REMEDY = 'npm run manifests writes it';

/** @param version of package.json; the tag of every image */
export const manifests = (version: string): Files => new Map([...baseFiles(version), ...plainFiles(version), ...productionFiles(version)]);

export const versionIn = (root: string): string =>
  (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;

export const folderIn = (root: string): string => join(root, FOLDER);

const committed = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    : [];

/** What differs between the folder and the table, one line for each file; empty when nothing does. */
export const differences = (root: string): string[] => {
  const wanted = manifests(versionIn(root));
  const folder = folderIn(root);
  const found = committed(folder);
  return [
    ...[...wanted].flatMap(([path, text]) => {
      if (!found.includes(path)) return [`${FOLDER}/${path} is missing; ${REMEDY}`];
      return readFileSync(join(folder, path), 'utf8') === text ? [] : [`${FOLDER}/${path} differs from the table of services; ${REMEDY}`];
    }),
    ...found.flatMap((path) => (wanted.has(path) ? [] : [`${FOLDER}/${path} is not from the table of services; remove it`])),
  ];
};

/** @returns paths */
export const writeManifests = (root: string): string[] => {
  const wanted = manifests(versionIn(root));
  const folder = folderIn(root);
  for (const path of committed(folder)) if (!wanted.has(path)) rmSync(join(folder, path));
  for (const [path, text] of wanted) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return [...wanted.keys()];
};
