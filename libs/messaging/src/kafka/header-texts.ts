// The headers of a record as text, by name: of a name that comes several times the first counts. One way for a record that arrives and
// for one that is replayed from the parking table, for its seal covers what is read here.
import type { RawHeader } from './kafka';

export const headerTexts = (headers: readonly RawHeader[]): Record<string, string> => {
  const texts: Record<string, string> = {};
  for (const [name, value] of headers) if (!Object.hasOwn(texts, name)) texts[name] = Buffer.from(value).toString();
  return texts;
};
