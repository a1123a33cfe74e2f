// Repeated text as small numbers: occupations, masked names, plans, sessions. Entry 0 is ''.

export interface Dictionary {
  idOf(text: string): number;
  /** undefined when the text was never stored. */
  find(text: string): number | undefined;
  textOf(id: number): string;
}

export const dictionary = (): Dictionary => {
  const texts: string[] = [''];
  const ids = new Map<string, number>([['', 0]]);
  return {
    idOf: (text) => {
      const known = ids.get(text);
      if (known !== undefined) return known;
      ids.set(text, texts.length);
      return texts.push(text) - 1;
    },
    find: (text) => ids.get(text),
    textOf: (id) => texts[id] ?? '',
  };
};
