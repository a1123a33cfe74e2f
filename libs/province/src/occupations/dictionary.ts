// The occupational dictionary of 2022 (职业分类大典, N2.2d): every class and occupation by its code. The rows are generated from
// data/occupations-2022.csv. They are 70 kB of text (24 kB compressed) with the readings, and are parsed at the first use.
import { READ_OTHERWISE, READINGS, ROWS, TRADES } from '../generated/occupations-2022';

/** 大类, 中类, 小类, 细类 (the occupation). */
export const TREE_LEVELS = { MAJOR: '大类', MIDDLE: '中类', MINOR: '小类', OCCUPATION: '细类' } as const;
export type TreeLevel = keyof typeof TREE_LEVELS;

export interface DictionaryEntry {
  /** X-XX-XX-XX */
  readonly code: string;
  readonly name: string;
  readonly tree: TreeLevel;
  /** 数字职业 and 绿色职业: marks in the dictionary. */
  readonly digital: boolean;
  readonly green: boolean;
}

const ROW = /^(\d)(\d{2})(\d{2})(\d{2})(.+?)([SL]*)(\*?)$/;

const treeOf = (middle: string, minor: string, last: string, isLone: boolean): TreeLevel => {
  if (isLone || last !== '00') return 'OCCUPATION';
  if (minor !== '00') return 'MINOR';
  return middle === '00' ? 'MAJOR' : 'MIDDLE';
};

const entryOf = (row: string): DictionaryEntry => {
  const match = ROW.exec(row);
  if (!match) throw new Error(`no row of the dictionary: ${row}`);
  const [, major = '', middle = '', minor = '', last = '', name = '', marks = '', lone] = match;
  return {
    code: `${major}-${middle}-${minor}-${last}`,
    name,
    tree: treeOf(middle, minor, last, lone === '*'),
    digital: marks.includes('S'),
    green: marks.includes('L'),
  };
};

let loaded: ReadonlyMap<string, DictionaryEntry> | undefined;

/** By code, in the order of codes. */
export const dictionary2022 = (): ReadonlyMap<string, DictionaryEntry> => {
  loaded ??= new Map(
    ROWS.split('\n').map((row) => [row.slice(0, 1) + '-' + row.slice(1, 3) + '-' + row.slice(3, 5) + '-' + row.slice(5, 7), entryOf(row)]),
  );
  return loaded;
};

/** The entry of a code, class or occupation; codes are compared exactly (see `typedOccupationCode`). */
export const findEntry = (code: string): DictionaryEntry | undefined => dictionary2022().get(code);

/** The 工种 that the rules name, by occupation; they have no codes of their own. */
export const tradesOf = (code: string): readonly string[] => TRADES.flatMap(([occupation, trade]) => (occupation === code ? [trade] : []));

let readings: ReadonlyMap<string, string> | undefined;

const readingOf = (character: string): string => {
  readings ??= new Map(
    READINGS.split(' ').flatMap((group) => {
      const syllable = /^[a-z]+/.exec(group)?.[0] ?? '';
      return [...group.slice(syllable.length)].map((one): [string, string] => [one, syllable]);
    }),
  );
  return readings.get(character) ?? '';
};

/** Syllables of a name or trade of the dictionary, without tones; ü is written v. */
export const syllablesOf = (name: string): readonly string[] =>
  READ_OTHERWISE[name]?.split(' ') ?? [...name].map(readingOf).filter((syllable) => syllable !== '');
