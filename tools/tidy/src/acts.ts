// Every RPC of the contracts is in a table of acts. The name of an RPC that only reads begins with a verb from a closed
// list. Each recorded RPC and each kind of record has its Chinese word for the list of acts.
import type { Tree } from './tree';

/** The first words in the name of an RPC that changes nothing. */
const READING = ['check', 'count', 'find', 'get', 'holds', 'list', 'preview', 'prove', 'read', 'snapshot', 'watch'];

const camel = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

const capitalised = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** The file with the words for the list of acts. */
const WORDS = 'libs/contracts/src/lists/act-words.ts';

const allOf = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, found = '']) => found);

const withoutWord = (tree: Tree, tables: string): string[] => {
  const words = new Set(allOf(tree.get(WORDS) ?? '', /^ {2}(\w+): '/gm));
  const recorded = [...tables.matchAll(/^ {2}(\w+): \{ on: '(\w+)'/gm)].flatMap(([, rpc = '', kind = '']) => [capitalised(rpc), kind]);
  return [...new Set(recorded)].flatMap((name) => (words.has(name) ? [] : [`${WORDS}: no word for ${name}`]));
};

export const checkActs = (tree: Tree): string[] => {
  const tables = [...tree].filter(([path, text]) => /^(?:apps|libs)\/.*\.ts$/.test(path) && text.includes('satisfies ActTable<'));
  const text = tables.map(([, table]) => table).join('\n');
  const reads = allOf(text, /^ {2}(\w+): 'reads',$/gm);
  const known = new Set([...reads, ...allOf(text, /^ {2}(\w+): \{ on: '/gm)]);
  const rpcs = [...tree].flatMap(([path, proto]) =>
    path.endsWith('_service.proto') ? allOf(proto, /^ {2}rpc (\w+)\(/gm).map((name) => ({ path, name: camel(name) })) : [],
  );
  return [
    ...withoutWord(tree, text),
    ...rpcs.flatMap(({ path, name }) => (known.has(name) ? [] : [`${path}: ${name} is in no table of acts`])),
    ...reads.flatMap((name) => (READING.some((verb) => name.startsWith(verb)) ? [] : [`${name} is said to read, and its name does not`])),
  ];
};
