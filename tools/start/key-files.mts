// Where the signing keys of one platform lie in their folder; tools/keys writes them there.
import { join } from 'node:path';

export const trustFileIn = (folder: string): string => join(folder, 'trust.json');
export const keyFileIn = (folder: string, service: string): string => join(folder, `${service}.key.json`);
