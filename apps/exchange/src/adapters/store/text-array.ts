/**
 * A list of texts as PostgreSQL writes an array, sent as one parameter for `$n::text[]`. Sent entry by entry, a thousand numbers cost the
 * driver more than the statement costs the database.
 */
export const textArray = (texts: readonly string[]): string =>
  `{${texts.map((text) => `"${text.replaceAll(/["\\]/g, '\\$&')}"`).join(',')}}`;
