// docs/REFUSALS.md is the one list of reason codes: it contains each code that the source raises, and the source raises
// each code in it.
import { isSource, type Tree } from './tree';

const DOCUMENT = 'docs/REFUSALS.md';

const CODE = '([a-z_]+\\.[a-z_]+)';
/** Where the source has a code as one string. `scope.…` is a field: the function of that file adds the code itself. */
const RAISED = [
  `new Refusal\\(\\s*[^,()]+,\\s*'([a-z_.]+)'`,
  `\\breason: '${CODE}'`,
  `\\b(?:invalid|refused?|refuseMeasure|because)\\(\\s*(?:'\\w+',\\s*)?'(?!scope\\.)${CODE}'`,
  `\\b(?:atMost|checkSize|calendarDay|plainText)\\([^()]*'${CODE}'`,
].map((pattern) => new RegExp(pattern, 'g'));
/** The code of an HTTP problem. */
const PROBLEM = /\bcode: '([a-z_.]+)'/g;

const isRaising = (path: string): boolean =>
  /^(apps\/(?!agency-sim|console|e2e)|libs\/(?!testing))[^/]+\/src\/(?!generated\/)/.test(path) && isSource(path);

const allOf = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, found = '']) => found);

/** Codes of the first column. Words without a dot are kinds in that column, except the code of a defect (`internal`). */
const listedIn = (document: string): string[] =>
  allOf(document, /^\| (`.*?) *\|/gm)
    .flatMap((cell) => allOf(cell, /`([a-z_.]+)`/g))
    .filter((code) => code.includes('.') || code === 'internal');

/** Whether the source contains the code as one string, or as the two halves of a template: `${noun}.what`, `noun.${what}`. */
const standsIn = (source: string): ((code: string) => boolean) => {
  const whole = new Set(allOf(source, /['`]([a-z_]+(?:\.[a-z_]+)?)(?=['`:])/g));
  const ends = new Set(allOf(source, /`\$\{\w+\}\.([a-z_]+)`/g));
  const begins = new Set(allOf(source, /`([a-z_]+)\.\$\{\w+\}`/g));
  return (code) => {
    const [noun = '', what = ''] = code.split('.');
    return whole.has(code) || ((whole.has(noun) || begins.has(noun)) && (whole.has(what) || ends.has(what)));
  };
};

export const checkRefusals = (tree: Tree): string[] => {
  const sources = [...tree]
    .filter(([path]) => isRaising(path))
    .map(([path, text]): [string, string] => [path, text.replace(/^\s*(\/\/|\/?\*).*$/gm, '')]);
  const listed = listedIn(tree.get(DOCUMENT) ?? '');
  const known = new Set(listed);
  const unlisted = sources.flatMap(([path, text]) =>
    [...RAISED, ...(path.includes('/adapters/http/') ? [PROBLEM] : [])]
      .flatMap((pattern) => allOf(text, pattern))
      .flatMap((code) => (known.has(code) ? [] : [`${path}: ${code} is not in ${DOCUMENT}`])),
  );
  const stands = standsIn(sources.map(([, text]) => text).join('\n'));
  const unraised = listed.flatMap((code, i) => [
    ...(stands(code) ? [] : [`${DOCUMENT}: nobody raises ${code}`]),
    ...(listed.indexOf(code) === i ? [] : [`${DOCUMENT}: ${code} stands there twice`]),
  ]);
  return [...unlisted, ...unraised];
};
