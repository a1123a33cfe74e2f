// The types of the console's client, out of the OpenAPI document of the gateway's route table. The table is TypeScript: it is bundled,
// loaded and asked once.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import openapiTypes, { astToString, type OpenAPI3 } from 'openapi-typescript';
import ts from 'typescript';
import { ownLibraries, root } from '../build/own-libraries.mts';

const DOCUMENT = join(root, 'apps/gateway/src/adapters/http/docs/openapi.ts');
const CLIENT = join(root, 'apps/console/src/generated/api.d.ts');
/** Within the repository, so that packages are found from there. */
const BUNDLE = join(root, 'dist/generate/openapi.cjs');

const bundle = () =>
  build({
    entryPoints: [DOCUMENT],
    outfile: BUNDLE,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    packages: 'external',
    logLevel: 'warning',
    plugins: [ownLibraries()],
    tsconfig: join(root, 'tsconfig.base.json'),
  });

/** Writes apps/console/src/generated/api.d.ts. */
export const writeConsoleClient = async (): Promise<void> => {
  await bundle();
  const { openApiDocument } = createRequire(import.meta.url)(BUNDLE) as { openApiDocument(url: string): OpenAPI3 };
  const document = openApiDocument('http://127.0.0.1');
  const blob = ts.factory.createTypeReferenceNode('Blob');
  const types = await openapiTypes(document, {
    // Fields that a schema gives a default may be left out of a request; answers have every field that is required.
    defaultNonNullable: false,
    transform: ({ format }) => (format === 'binary' ? blob : undefined),
  });
  mkdirSync(dirname(CLIENT), { recursive: true });
  writeFileSync(CLIENT, astToString(types));
  rmSync(dirname(BUNDLE), { recursive: true });
};
