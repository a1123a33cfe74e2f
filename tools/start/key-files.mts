// The paths of the signing keys of one platform in their folder; tools/keys writes the files.
import { join } from 'node:path';

export const trustFileIn = (folder: string): string => join(folder, 'trust.json');
export const keyFileIn = (folder: string, service: string): string => join(folder, `${service}.key.json`);
