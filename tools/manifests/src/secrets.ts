// The secrets of the overlays without operators, as files that Kustomize reads: passwords and keys are made once on this machine and
// kept, because sealed data outlives a rollout.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keyring } from '@hengji/host';
import { secretsIn } from '../../start/settings.mts';
import { folderIn } from './files';
import { envFileOf, OTHER_SECRETS, SECRETS_FOLDER, WITH_KEYS, WITH_SECRETS } from './plain';
import { POSTGRES, POSTGRES_PORT } from './plain/servers';

const PASSWORD_FILE = 'postgres.password';

const passwordIn = (folder: string): string => {
  const file = join(folder, PASSWORD_FILE);
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8');
};

/** @returns the folder */
export const makeSecrets = (root: string): string => {
  const folder = join(folderIn(root), SECRETS_FOLDER);
  mkdirSync(folder, { recursive: true });
  const made: Readonly<Record<string, string>> = secretsIn(folder);
  const password = passwordIn(folder);
  const url = (database: string): string => `postgresql://hengji:${password}@${POSTGRES}:${POSTGRES_PORT}/${database}`;
  const write = (name: string, values: Readonly<Record<string, string>>): void => {
    const lines = Object.entries(values).map(([variable, value]) => `${variable}=${value}\n`);
    writeFileSync(join(folder, envFileOf(name)), lines.join(''), { mode: 0o600 });
  };
  for (const { name, secrets, trialSecrets } of WITH_SECRETS) {
    const own = { DATABASE_URL: url(`hengji_${name.replaceAll('-', '_')}`) };
    const values: Readonly<Record<string, string>> = { ...made, ...own };
    write(
      name,
      Object.fromEntries(
        Object.entries({ ...secrets, ...trialSecrets }).map(([variable, secret]) => {
          const value = values[secret];
          if (value === undefined) throw new Error(`${name} wants the secret ${secret}, which nothing makes`);
          return [variable, value];
        }),
      ),
    );
  }
  write(OTHER_SECRETS.database, { POSTGRES_PASSWORD: password });
  write(OTHER_SECRETS.prepare, { DATABASE_URL_BASE: url('postgres') });
  write(OTHER_SECRETS.province, made);
  const keys = keyring(join(folder, 'keys'));
  for (const { name } of WITH_KEYS) keys.make(name, 'ED25519');
  return folder;
};
