// Writes dist/api/asyncapi.json from proto/ and the topic table. The gateway serves the OpenAPI page itself (/docs).
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asyncApi } from './asyncapi';
import { readDefinitions } from './descriptors';
import { TOPIC_ROWS } from './topic-rows';

const root = process.cwd();
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
mkdirSync(join(root, 'dist/api'), { recursive: true });
writeFileSync(join(root, 'dist/api/asyncapi.json'), JSON.stringify(asyncApi(readDefinitions(root), TOPIC_ROWS, version), null, 2));
