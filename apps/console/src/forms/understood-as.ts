// Whether a normalised text differs from the typed one by more than spaces.

const withoutSpaces = (text: string): string => text.replace(/\s/g, '');

/** The text as it was understood; undefined where only spaces differ, or nothing was understood. */
export const understoodAs = (typed: string, read: (text: string) => string): string | undefined => {
  const understood = read(typed);
  return understood === '' || withoutSpaces(understood) === withoutSpaces(typed) ? undefined : understood;
};
