// Generates the types of the console's client from the OpenAPI document of the gateway's route table. The table is
// TypeScript, so this program bundles it, loads the bundle and calls it once.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import openapiTypes, { astToString, type OpenAPI3 } from 'openapi-typescript';
import ts from 'typescript';
import { ownLibraries, root } from '../build/own-libraries.mts';

const DOCUMENT = join(root, 'apps/gateway/src/adapters/http/docs/openapi.ts');
const CLIENT = join(root, 'apps/console/src/generated/api.d.ts');
/** The bundle is inside the repository, so that Node finds the packages. */
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
    // A request may leave out fields whose schema has a default; answers have every required field.
    defaultNonNullable: false,
    transform: ({ format }) => (format === 'binary' ? blob : undefined),
  });
  mkdirSync(dirname(CLIENT), { recursive: true });
  writeFileSync(CLIENT, astToString(types));
  rmSync(dirname(BUNDLE), { recursive: true });
};
