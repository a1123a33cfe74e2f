// The table of characters (字符对照) by which typed and imported text is normalised before it is checked, compared or searched. Rows that need
// to know what the text is (a name, a code) are applied by libs/province/src/typed.ts.

/** GBK's two-byte characters FE50 to FEA0, without FE7F. Files of that time contain U+E815 to U+E864 in their places: 䶮 is U+E863. */
const FE50 =
  '⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻';
/** The two-byte characters A6D9 to A6DF, A6EC, A6ED, A6F3: punctuation of vertical lines. */
const A6D9 = '︐︒︑︓︔︕︖︗︘︙';
const PRIVATE_USE = new Map<string, string>([
  ...[...FE50].map((c, i): [string, string] => [String.fromCharCode(0xe815 + i), c]),
  ...[...A6D9].map((c, i): [string, string] => [String.fromCharCode(0xe78d + i), c]),
  ['\uE7C7', 'ḿ'],
  ['\uE7C8', 'ǹ'],
]);
const ANY_PRIVATE_USE = /[\uE78D-\uE796\uE7C7\uE7C8\uE815-\uE864]/g;

/** Forms of one and the same character: radicals that are characters, presentation, small, half-width, full-width and mathematical forms. */
const FORMS = /[\u2E9F\u2EF3\u2F00-\u2FD5\u3000\uFB00-\uFB06\uFE10-\uFE19\uFE50-\uFE6B\uFF01-\uFF9F\uFFA1-\uFFEE]+|[\u{1D400}-\u{1D7FF}]/gu;
/** After a Chinese character they select one of its shapes, which is not another character. */
const SHAPES = /(?<=\p{Script=Han})[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/gu;
/** Zero width, direction, soft hyphen. */
const INVISIBLE = /\p{Cf}/gu;

/** All that is typed for the dot between the parts of a name (间隔号), except the full stop. */
const MIDDLE_DOTS = /[•‧∙⋅・･·ꞏ⸱᛫\u00B7]/g;
const APOSTROPHES = /[‘’‛ʼʻʹ`´′ꞌ՚]/g;
const HYPHENS = /[‐‑‒–—―⁃−─﹘]/g;

/** U+E863 of a GBK file is 䶮; other private-use characters stay. */
export const withStandardCodes = (text: string): string => text.replace(ANY_PRIVATE_USE, (c) => PRIVATE_USE.get(c) ?? c);

/** One spelling of each character (NFC): full-width, radical and compatibility forms are replaced. No character is dropped but its shape. */
export const standardText = (text: string): string =>
  withStandardCodes(text)
    .replace(FORMS, (forms) => forms.normalize('NFKC'))
    .replace(SHAPES, '')
    .normalize('NFC');

/** One sign each for the dot, the apostrophe and the hyphen of a name or a code. */
export const withOneDot = (text: string): string => text.replace(MIDDLE_DOTS, '·');
export const withOneApostrophe = (text: string): string => text.replace(APOSTROPHES, "'");
export const withOneHyphen = (text: string): string => text.replace(HYPHENS, '-');

/** `"匠心"` and 「匠心」 are “匠心”. */
export const withOneQuote = (text: string): string => {
  let quotes = 0;
  return text.replace(/["“”„‟〝〞「」『』]/g, () => {
    quotes += 1;
    return quotes % 2 === 1 ? '“' : '”';
  });
};

/** Typed text: compatibility forms replaced (NFKC), invisible characters dropped, runs of spaces reduced to one, ends trimmed. */
export const typedText = (text: string): string =>
  withOneDot(withStandardCodes(text).normalize('NFKC').replace(INVISIBLE, '')).replace(/\s+/g, ' ').trim();
