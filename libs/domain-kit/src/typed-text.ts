// What people type, and what other systems send, in one form before anything is checked or searched.
const INVISIBLE = /[\u200B-\u200F\u2060\uFEFF]/g;

/** Without characters that nobody sees. */
export const withoutInvisible = (text: string): string => text.replace(INVISIBLE, '');

/** Text of people: compatibility forms replaced (NFKC), invisible characters dropped, runs of spaces made one, ends trimmed. */
export const typedText = (text: string): string => withoutInvisible(text.normalize('NFKC')).replace(/\s+/g, ' ').trim();
