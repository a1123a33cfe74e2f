// Where the signing keys of one platform lie in their folder; tools/keys writes them there.
import { join } from 'node:path';

/** @param {string} folder @returns {string} */
export const trustFileIn = (folder) => join(folder, 'trust.json');
/** @param {string} folder @param {string} service @returns {string} */
export const keyFileIn = (folder, service) => join(folder, `${service}.key.json`);
