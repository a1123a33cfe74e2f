// The headers of a record as text, by name; of several headers with the same name the first counts. Arriving records and records replayed
// from the parking table use the same function, because the seal covers these texts.
import type { RawHeader } from './kafka';

export const headerTexts = (headers: readonly RawHeader[]): Record<string, string> => {
  const texts: Record<string, string> = {};
  for (const [name, value] of headers) if (!Object.hasOwn(texts, name)) texts[name] = Buffer.from(value).toString();
  return texts;
};
