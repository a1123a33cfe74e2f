// Checks templates of SQL: `${…}` is a parameter. Within quotes it is not a parameter: the statement then contains the
// text `$1`, and PostgreSQL reports no error.
import { isSource, isTest, type Tree } from './tree';

const OPENS = 'sql`';

interface Scanned {
  /** Where the scan continues. */
  readonly at: number;
  readonly quoted: boolean;
}

/** Scans from after a `${` to after its `}`; templates inside are scanned too. */
const scanValue = (text: string, from: number): Scanned => {
  let quoted = false;
  let braces = 1;
  let at = from;
  while (at < text.length && braces > 0) {
    if (text[at] === '`') {
      const inner = scanTemplate(text, at + 1, text.slice(at - 3, at) === 'sql');
      quoted ||= inner.quoted;
      at = inner.at;
      continue;
    }
    if (text[at] === '{') braces += 1;
    if (text[at] === '}') braces -= 1;
    at += 1;
  }
  return { at, quoted };
};

/** Scans from after the opening backtick to after the closing one. */
const scanTemplate = (text: string, from: number, isSql: boolean): Scanned => {
  let quoted = false;
  let inQuotes = false;
  let at = from;
  while (at < text.length && text[at] !== '`') {
    if (text.startsWith('--', at) && !inQuotes) {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
    } else if (text.startsWith('${', at)) {
      quoted ||= isSql && inQuotes;
      const value = scanValue(text, at + 2);
      quoted ||= value.quoted;
      at = value.at;
    } else {
      if (text[at] === "'") inQuotes = !inQuotes;
      at += text[at] === '\\' ? 2 : 1;
    }
  }
  return { at: at + 1, quoted };
};

export const checkSqlTemplates = (tree: Tree): string[] =>
  [...tree].flatMap(([path, text]) => {
    if (!(isSource(path) || isTest(path)) || !/^(apps|libs|tools)\//.test(path) || path.startsWith('tools/tidy/')) return [];
    let from = text.indexOf(OPENS);
    while (from >= 0) {
      const { at, quoted } = scanTemplate(text, from + OPENS.length, true);
      if (quoted) return [`${path}: a parameter within quotes is text`];
      from = text.indexOf(OPENS, at);
    }
    return [];
  });
