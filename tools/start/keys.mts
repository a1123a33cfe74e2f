// The signing keys of a development platform, made by the program in tools/keys, which signs through libs/host.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { inherited } from './inherited.mts';
import { SERVICES } from './services.mts';

const program = fileURLToPath(new URL('../../dist/tools/keys/main.js', import.meta.url));

/** Every service with a database signs what it did to that database. */
const SIGNERS = SERVICES.filter(({ database }) => database).map(({ name }) => name);

/** Makes a key for each service that signs. Existing keys stay, because receipts outlive a run when the data is kept. */
export const makeKeys = async (folder: string) => {
  await promisify(execFile)(process.execPath, [program, 'make', ...SIGNERS, '--folder', folder], { env: inherited() });
};
