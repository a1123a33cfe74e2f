// Manages the signing keys of the services, as files in one folder; docs/PROOF.md says when to use each command.
//   npm run keys -- make exam subsidy [--algorithm SM2_SM3]    first keys; a service that has a key keeps it
//   npm run keys -- rotate exam [--algorithm …] [--overlap 600]  a new key; the old one ends now, or after this many seconds
//   npm run keys -- retire exam:0123456789abcdef [--at 2026-12-01T00:00:00Z]
//   npm run keys -- revoke exam:0123456789abcdef               a key that may be compromised
//   npm run keys -- list
// --folder or KEYS_FOLDER names the folder; the default is the folder of `npm start`.
import { parseArgs } from 'node:util';
import { keyring, SIGNING_ALGORITHMS, type AlgorithmName, type Keyring } from '@hengji/host';

const START_FOLDER = '.stack/start/keys';

interface Asked {
  readonly names: readonly string[];
  readonly algorithm: AlgorithmName | undefined;
  readonly overlapMs: number;
  readonly at: Date;
}

const listed = (keys: Keyring): string =>
  keys
    .list()
    .map(({ keyId, algorithm, notBefore, retiredAt, revokedAt }) => {
      const state = revokedAt ? `revoked ${revokedAt.toISOString()}` : retiredAt ? `retired ${retiredAt.toISOString()}` : 'in use';
      return `${keyId.padEnd(32)} ${algorithm.padEnd(8)} since ${notBefore.toISOString()}  ${state}`;
    })
    .join('\n');

const COMMANDS: Readonly<Record<string, (keys: Keyring, asked: Asked) => void>> = {
  make: (keys, { names, algorithm }) => names.forEach((name) => keys.make(name, algorithm ?? 'ED25519')),
  rotate: (keys, { names, algorithm, overlapMs }) =>
    names.forEach((name) => keys.rotate(name, { overlapMs, ...(algorithm && { algorithm }) })),
  retire: (keys, { names, at }) => names.forEach((name) => keys.retire(name, at)),
  revoke: (keys, { names, at }) => names.forEach((name) => keys.revoke(name, at)),
  list: () => undefined,
};

const algorithmOf = (word: string | undefined): AlgorithmName | undefined => {
  if (word === undefined) return undefined;
  const known = SIGNING_ALGORITHMS.find((name) => name === word);
  if (!known) throw new Error(`--algorithm is one of ${SIGNING_ALGORITHMS.join(', ')}`);
  return known;
};

const atOf = (text: string | undefined): Date => {
  const at = text === undefined ? new Date() : new Date(text);
  if (Number.isNaN(at.getTime())) throw new Error('--at is a time such as 2026-12-01T00:00:00Z');
  return at;
};

const overlapOf = (text: string | undefined): number => {
  const seconds = Number(text ?? 0);
  if (!Number.isFinite(seconds) || seconds < 0) throw new Error('--overlap is a number of seconds');
  return seconds * 1_000;
};

const main = (): void => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { folder: { type: 'string' }, algorithm: { type: 'string' }, overlap: { type: 'string' }, at: { type: 'string' } },
  });
  const [name = '', ...names] = positionals;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw new Error(`there is no command '${name}'; use one of ${Object.keys(COMMANDS).join(', ')}`);
  if (name !== 'list' && names.length === 0) throw new Error(`${name} needs the name of a service or key`);
  const keys = keyring(values.folder ?? process.env['KEYS_FOLDER'] ?? START_FOLDER);
  command(keys, { names, algorithm: algorithmOf(values.algorithm), overlapMs: overlapOf(values.overlap), at: atOf(values.at) });
  console.log(listed(keys));
};

try {
  main();
} catch (failure) {
  console.error(failure instanceof Error ? failure.message : failure);
  process.exitCode = 1;
}
