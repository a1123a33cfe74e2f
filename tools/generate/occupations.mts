// The occupational dictionary in the form that the code uses: libs/province/data/*.csv in,
// libs/province/src/generated/occupations-2022.ts out. Each name is written once, and the reading of each character once.
// The 2,047 names use about 1,000 characters, so readings by character take a tenth of the space of readings by name. The
// console's bundle contains the result and no pinyin library.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pinyin } from 'pinyin-pro';

const HAN = /\p{Script=Han}/u;

type Row = readonly string[];

const rowsOf = (file: string): Row[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));

/**
 * One row per code. The file repeats four codes, and calls a group an occupation (6-20-03-00). A code that ends in -00
 * belongs to an occupation only if its group has no other (大典: a group with one occupation gives it its own code).
 */
const dictionaryOf = (rows: readonly Row[]) => {
  const found = new Map<string, { name: string; marks: string; isOccupation: boolean }>();
  for (const [level = '', code = '', name = '', marks = ''] of rows) {
    const known = found.get(code);
    found.set(code, { name: name.replaceAll(' ', ''), marks, isOccupation: level === '4' || (known?.isOccupation ?? false) });
  }
  const hasOthers = (code: string) => [...found.keys()].some((other) => other !== code && other.startsWith(code.slice(0, 8)));
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, { name, marks, isOccupation }]) => {
      const isLone = isOccupation && code.endsWith('-00') && !hasOthers(code);
      return { code, name, suffix: `${marks}${isLone ? '*' : ''}` };
    });
};

/** Syllables of a name's characters, without tones; ü is written v. */
const syllablesOf = (name: string): { han: string[]; syllables: string[] } => {
  const han = [...name].filter((character) => HAN.test(character));
  return { han, syllables: pinyin(han.join(''), { toneType: 'none', type: 'array', v: true }) };
};

/** The most frequent reading of each character, and the names in which a character has another reading. */
const readingsOf = (names: readonly string[]) => {
  const counts = new Map<string, Map<string, number>>();
  const spelled = names.map((name) => ({ name, ...syllablesOf(name) }));
  for (const { han, syllables } of spelled) {
    han.forEach((character, i) => {
      const of = counts.get(character) ?? new Map<string, number>();
      const syllable = syllables[i] ?? '';
      counts.set(character, of.set(syllable, (of.get(syllable) ?? 0) + 1));
    });
  }
  const usual = new Map([...counts].map(([character, of]) => [character, [...of].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '']));
  const bySyllable = new Map<string, string>();
  for (const [character, syllable] of usual) bySyllable.set(syllable, (bySyllable.get(syllable) ?? '') + character);
  const readings = [...bySyllable].sort(([a], [b]) => (a < b ? -1 : 1)).map(([syllable, characters]) => syllable + characters);
  const others = spelled
    .filter(({ han, syllables }) => han.some((character, i) => usual.get(character) !== syllables[i]))
    .map(({ name, syllables }) => [name, syllables.join(' ')]);
  return { readings: readings.join(' '), others: Object.fromEntries(others) };
};

/** Writes the generated file. */
export const writeOccupations = (root: string): void => {
  const data = join(root, 'libs/province/data');
  const rows = dictionaryOf(rowsOf(join(data, 'occupations-2022.csv')));
  const trades = rowsOf(join(data, 'trades.csv'));
  const { readings, others } = readingsOf([...new Set([...rows.map(({ name }) => name), ...trades.map(([, trade = '']) => trade)])]);
  const text = [
    '/** Seven digits of the code, the name, marks: S digital, L green, * an occupation whose code ends in -00. */',
    `export const ROWS = \`${rows.map(({ code, name, suffix }) => code.replaceAll('-', '') + name + suffix).join('\n')}\`;`,
    '/** Occupation code and trade (工种), as rules §4.2 names them. */',
    `export const TRADES: readonly (readonly [string, string])[] = ${JSON.stringify(trades)};`,
    '/** Syllables, each followed by the characters that are read so. */',
    `export const READINGS = '${readings}';`,
    '/** Names with a character that is read otherwise. */',
    `export const READ_OTHERWISE: Readonly<Record<string, string>> = ${JSON.stringify(others, undefined, 1)};`,
    '',
  ].join('\n');
  const folder = join(root, 'libs/province/src/generated');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'occupations-2022.ts'), text);
};
