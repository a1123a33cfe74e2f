// Checks the types of one project: its files under the settings of tsconfig.json, and every file that they import.
//   node tools/test/types.mts <folder of the project>
import { join } from 'node:path';
import ts from 'typescript';
import { root } from './checks.mts';

const [folder = ''] = process.argv.slice(2);
const file = join(root, 'tsconfig.json');
const { options, fileNames } = ts.parseJsonConfigFileContent(ts.readConfigFile(file, ts.sys.readFile).config, ts.sys, root);
const own = fileNames.filter((name) => name.startsWith(`${join(root, folder)}/`));
if (own.length === 0) throw new Error(`tsconfig.json includes no file of ${folder}`);
const program = ts.createProgram(own, { ...options, noEmit: true });
const found = ts.getPreEmitDiagnostics(program);
const host = { getCanonicalFileName: (name: string) => name, getCurrentDirectory: () => root, getNewLine: () => '\n' };
if (found.length > 0) console.log(ts.formatDiagnostics(found, host));
process.exitCode = found.length === 0 ? 0 : 1;
