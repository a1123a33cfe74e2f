// A stored word that the code does not have is a defect (an older program on a newer database), and is never returned.

export const word = <W extends string>(words: readonly W[], text: string): W => {
  const known = words.find((candidate) => candidate === text);
  if (known === undefined) throw new Error(`The database has “${text}”; known here: ${words.join(', ')}`);
  return known;
};

export const words = <W extends string>(known: readonly W[], texts: readonly string[]): W[] => texts.map((text) => word(known, text));
