// Rebuilds everything that is generated and not in git: message types and shapes from proto/, the occupational dictionary,
// one Prisma client per service, and the types of the console's client from the gateway's route table. The cached nx
// target `generate` runs this program; nothing else writes into a folder named `generated`.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeConsoleClient } from './console-client.mts';
import { shapesModule, type Image, type Message } from './message-shapes.mts';
import { writeOccupations } from './occupations.mts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const bin = (name: string) => join(root, 'node_modules', '.bin', name);

const runTool = (name: string, args: readonly string[], extraEnv = {}) => {
  const outcome = spawnSync(bin(name), args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28, env: { ...process.env, ...extraEnv } });
  if (outcome.status !== 0) {
    throw new Error(`${name} ${args.join(' ')} failed:\n${outcome.stdout}${outcome.stderr}`);
  }
  return outcome.stdout;
};

/**
 * ts-proto removes the prefix from an enum's keys (option removeEnumPrefix) but keeps the prefix in the string values. The
 * domain uses the terms of the field ('STOP_EVALUATION'), so this function sets the values to the keys. The spelling is
 * then the same from the table in domain/ to the wire adapter, and nothing needs translation.
 */
const stripEnumPrefixes = (source: string) =>
  source.replace(/^ {2}([A-Z][A-Z0-9_]*): "[A-Z0-9_]+",$/gm, (_line, key: string) => `  ${key}: "${key}",`);

const generatedFiles = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));

runTool('buf', ['generate']);
for (const file of generatedFiles(join(root, 'libs/contracts/src/generated'))) {
  writeFileSync(file, stripEnumPrefixes(readFileSync(file, 'utf8')));
}

/** For each message, the fields that hold a message, by number: the only fields that countElements must examine. */
const messageFields = ({ file }: Image) => {
  const named = (prefix: string, messages: readonly Message[] = []): [string, Record<number, string>][] =>
    messages.flatMap((message) => {
      const name = `${prefix}.${message.name}`;
      const fields = (message.field ?? []).filter(({ type }) => type === 'TYPE_MESSAGE');
      const own: [string, Record<number, string>] = [
        name,
        Object.fromEntries(fields.map(({ number, typeName }) => [number, typeName.slice(1)])),
      ];
      return [own, ...named(name, message.nestedType)];
    });
  return Object.fromEntries(file.flatMap(({ package: prefix, messageType }) => named(prefix, messageType)));
};
const image = JSON.parse(runTool('buf', ['build', '-o', '-#format=json'])) as Image;
writeFileSync(
  join(root, 'libs/contracts/src/generated/message-fields.ts'),
  `export const MESSAGE_FIELDS: Readonly<Record<string, Readonly<Record<number, string>>>> = ${JSON.stringify(messageFields(image), undefined, 1)};\n`,
);
// A separate module beside the messages: only code that imports it by name loads it.
writeFileSync(join(root, 'libs/contracts/src/generated/hengji/message-shapes.ts'), shapesModule(image));

writeOccupations(root);

for (const app of readdirSync(join(root, 'apps'))) {
  const schema = join(root, 'apps', app, 'prisma', 'schema.prisma');
  if (!existsSync(schema)) continue;
  // Prisma's CLI would download its native schema engine on every command; `generate` does not need that engine.
  runTool('prisma', ['generate', '--schema', schema, '--config', join(root, 'apps', app, 'prisma.config.ts')], {
    PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true',
    CHECKPOINT_DISABLE: '1',
  });
}

await writeConsoleClient();
