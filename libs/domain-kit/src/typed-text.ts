// Normalises what people type and what other systems send, before it is checked or searched.
const INVISIBLE = /[\u200B-\u200F\u2060\uFEFF]/g;

/** The text without invisible characters. */
export const withoutInvisible = (text: string): string => text.replace(INVISIBLE, '');

/** Typed text: compatibility forms replaced (NFKC), invisible characters dropped, runs of spaces reduced to one, ends trimmed. */
export const typedText = (text: string): string => withoutInvisible(text.normalize('NFKC')).replace(/\s+/g, ' ').trim();
