// Finds ID numbers of persons in free text: eighteen characters with a year of birth from 1800 to 2099 in their place, also mistyped ones. A
// code of an institution (统一社会信用代码) of eighteen digits has other digits there and stays readable.
// In JSON the letter of an escaped line break may stand before the number.
const ID_NUMBER = /(?:(?<![\dA-Za-z])|(?<=\\[bfnrt]))\d{6}(?:18|19|20)\d{9}[\dXx](?![\dA-Za-z])/g;

/** The text with each ID number replaced by `mask` of it. */
export const withoutPersonalNumbers = (text: string, mask: (found: string) => string): string => text.replace(ID_NUMBER, mask);
