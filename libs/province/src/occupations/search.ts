// Finds an occupation by typed text: its name or a part of it, a trade's name, the beginning of its code, pinyin, or the initials of its
// pinyin (zscpts finds 中式烹调师… by zsptf). Order of results: exact name, beginning, inside.
import { typedText } from '@hengji/domain-kit';
import { typedCode } from '../typed';
import { dictionary2022, syllablesOf, tradesOf, type DictionaryEntry } from './dictionary';

export interface FoundOccupation extends DictionaryEntry {
  /** The trade that matched, if the occupation's own name did not. */
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

/** Pinyin matches only at the start of a syllable: `gong` is not in `zhong gu`. */
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

/** Occupations that match the typed text, at most `limit` (20); empty for empty text. */
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
    // A code matches only from its beginning.
    if (hit[0] < (digits === undefined ? NOWHERE : WITHIN)) hits.push(hit);
  }
  return hits
    .sort(([a], [b]) => a - b)
    .slice(0, limit)
    .map(([, entry]) => entry);
};
