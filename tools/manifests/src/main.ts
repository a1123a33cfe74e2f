// The Kubernetes manifests (infra/k8s), written from the table of services.
//   npm run manifests                 writes the files
//   npm run manifests -- secrets      makes the secrets and keys of the overlays without operators; what exists stays
import { writeManifests } from './files';
import { makeSecrets } from './secrets';

const ROOT = process.cwd();

const COMMANDS: Readonly<Record<string, () => string>> = {
  write: () => `${writeManifests(ROOT).length} files in infra/k8s`,
  secrets: () => `secrets in ${makeSecrets(ROOT)}`,
};

const name = process.argv[2] ?? 'write';
const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
if (command === undefined) {
  console.error(`there is no command '${name}'; use one of ${Object.keys(COMMANDS).join(', ')}`);
  process.exitCode = 1;
} else console.log(command());
