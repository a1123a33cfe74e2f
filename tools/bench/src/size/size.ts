// Measures the size of the project: the whole install beside the part that the services need at run time, and the build
// output beside its sources.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../ground/neighbours';
import { type Report, round } from '../report';

/** Disk size in bytes of the files below this path, links not followed; 0 if the path does not exist. */
const bytesBelow = (folder: string, skip: (path: string) => boolean = () => false): number => {
  let bytes = 0;
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return 0;
  }
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (skip(path)) continue;
    if (entry.isDirectory()) bytes += bytesBelow(path, skip);
    else if (entry.isFile()) bytes += statSync(path).blocks * 512;
  }
  return bytes;
};

interface LockFile {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean; readonly devOptional?: boolean }>>;
}

/** Disk size in bytes of the packages that a production install would also contain. */
const runtimeBytes = (): number => {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as LockFile;
  const isNested = (path: string): boolean => path.endsWith('/node_modules');
  return Object.entries(packages)
    .filter(([path, { dev, devOptional }]) => path.startsWith('node_modules/') && dev !== true && devOptional !== true)
    .reduce((sum, [path]) => sum + bytesBelow(join(ROOT, path), isNested), 0);
};

const megabytes = (bytes: number): number => round(bytes / 2 ** 20, 1);
const shown = (bytes: number): string => `${megabytes(bytes).toLocaleString('en')} MB`;

/** Measures node_modules and dist. */
export const size = async (): Promise<Report> => {
  const install = bytesBelow(join(ROOT, 'node_modules'));
  const runtime = runtimeBytes();
  const dist = bytesBelow(join(ROOT, 'dist'));
  const isNoSource = (path: string): boolean => /(^|\/)(node_modules|test|fixtures)$|\.spec\.tsx?$/.test(path);
  const sources = ['apps', 'libs', 'tools'].reduce((sum, folder) => sum + bytesBelow(join(ROOT, folder), isNoSource), 0);
  return {
    floorIs: 'packages that the services need when they run; sources with generated code',
    figures: [
      { what: 'node_modules', measured: shown(install), floor: shown(runtime), ratio: round(install / runtime) },
      { what: 'dist, with source maps', measured: shown(dist), floor: shown(sources), ratio: round(dist / sources) },
    ],
    json: {
      nodeModulesMb: megabytes(install),
      runtimePackagesMb: megabytes(runtime),
      installRatio: round(install / runtime),
      distMb: megabytes(dist),
      sourcesMb: megabytes(sources),
      distRatio: round(dist / sources),
    },
  };
};
