// Names that can be found by their characters, by their pinyin and by its initials. The text stored beside a name contains all three, for
// one trigram index. Under the C locale trigrams contain Latin letters only, so Chinese is found there by its pinyin, which also matches a
// wrong character with the same sound.
import { typedText } from '@hengji/domain-kit';
import sql, { type Sql } from 'sql-template-tag';
import { within } from './statement';

const CHINESE = /\p{Script=Han}/u;

const BETWEEN_CHINESE = /(?<=\p{Script=Han}) (?=\p{Script=Han})/gu;

/** Of a part of a name nobody can say whether its quote opens or closes. */
const QUOTES = /["“”„‟〝〞「」『』]/g;

/** The same for the stored name and the searched text: without quotes and without spaces between Chinese characters. */
const searched = (text: string): string => typedText(text.replace(QUOTES, '')).replace(BETWEEN_CHINESE, '').toLowerCase();

/** The dictionary is large, and few processes use it. */
const dictionary = async () => (await import('pinyin-pro')).pinyin;

const syllablesOf = async (text: string): Promise<string[]> => {
  const pinyin = await dictionary();
  return pinyin(text, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true });
};

/** 沈阳技师学院 → `沈阳技师学院 shenyangjishixueyuan syjsxy`. */
export const searchText = async (name: string): Promise<string> => {
  const text = searched(name);
  const syllables = await syllablesOf(text);
  return [text, syllables.join(''), syllables.map((syllable) => [...syllable][0] ?? '').join('')].join(' ');
};

/** Condition on a column of `searchText`: the name contains the text in any spelling. */
export const nameHas = (column: Sql, text: string): Sql => within(column, searched(text));

/** Condition on a column of `searchText`: the name contains the text, or has the same pinyin. */
export const namesLike = async (column: Sql, text: string): Promise<Sql> => {
  const term = searched(text);
  if (!CHINESE.test(term)) return within(column, term);
  const sound = (await syllablesOf(term)).join('');
  return sql`(${within(column, term)} OR ${within(column, sound)})`;
};
