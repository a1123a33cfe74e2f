// Finding an occupation by what somebody types: its name or a part of it, a trade's, the beginning of its code, pinyin, or the initials of
// its pinyin (zscpts finds 中式烹调师… by zsptf). Nearest first: whole name, beginning, within.
import { typedText } from '@hengji/domain-kit';
import { typedCode } from '../typed';
import { dictionary2022, syllablesOf, tradesOf, type DictionaryEntry } from './dictionary';

export interface FoundOccupation extends DictionaryEntry {
  /** The trade that was found, where it was not the occupation's own name. */
  readonly trade?: string;
}

interface SearchOptions {
  readonly limit?: number;
  /** True to find classes (大类, 中类, 小类) too. */
  readonly classes?: boolean;
}

const WHOLE = 0;
const BEGINNING = 1;
const WITHIN = 2;
const NOWHERE = 3;

const placeIn = (text: string, asked: string): number => {
  if (text === asked) return WHOLE;
  if (text.startsWith(asked)) return BEGINNING;
  return text.includes(asked) ? WITHIN : NOWHERE;
};

/** Pinyin is found where a syllable begins: `gong` is not in `zhong gu`. */
const placeInSyllables = (syllables: readonly string[], asked: string): number => {
  const from = syllables.findIndex((_, i) => syllables.slice(i).join('').startsWith(asked));
  if (from < 0) return NOWHERE;
  if (from > 0) return WITHIN;
  return syllables.join('') === asked ? WHOLE : BEGINNING;
};

type Place = (name: string) => number;

const byName =
  (asked: string): Place =>
  (name) =>
    placeIn(name, asked);

const byPinyin =
  (asked: string): Place =>
  (name) => {
    const syllables = syllablesOf(name);
    return Math.min(placeInSyllables(syllables, asked), placeIn(syllables.map((syllable) => syllable.charAt(0)).join(''), asked));
  };

const found = (entry: DictionaryEntry, place: Place): [number, FoundOccupation] => {
  const own = place(entry.name);
  const trades = tradesOf(entry.code).map((trade): [number, FoundOccupation] => [place(trade), { ...entry, trade }]);
  return trades.reduce<[number, FoundOccupation]>((best, one) => (one[0] < best[0] ? one : best), [own, entry]);
};

const codeDigits = (text: string): string | undefined => /^\d[\d-]*$/.exec(typedCode(text))?.[0].replaceAll('-', '');

const DEFAULT_LIMIT = 20;

/** Occupations that fit what was typed, at most `limit` (20); nothing for nothing. */
export const searchOccupations = (typed: string, { limit = DEFAULT_LIMIT, classes = false }: SearchOptions = {}): FoundOccupation[] => {
  const text = typedText(typed);
  if (text === '') return [];
  const digits = codeDigits(text);
  const asked = text.toLowerCase().replaceAll(' ', '');
  const place = /^[a-z]+$/.test(asked) ? byPinyin(asked) : byName(asked);
  const hits: [number, FoundOccupation][] = [];
  for (const entry of dictionary2022().values()) {
    if (!classes && entry.tree !== 'OCCUPATION') continue;
    const hit: [number, FoundOccupation] =
      digits === undefined ? found(entry, place) : [placeIn(entry.code.replaceAll('-', ''), digits), entry];
    // A code is typed from its beginning.
    if (hit[0] < (digits === undefined ? NOWHERE : WITHIN)) hits.push(hit);
  }
  return hits
    .sort(([a], [b]) => a - b)
    .slice(0, limit)
    .map(([, entry]) => entry);
};
