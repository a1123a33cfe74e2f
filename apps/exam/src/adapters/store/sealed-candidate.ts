// A candidate is stored as one sealed text (保密, N2.3d): the 18 characters of the ID number, then the name. No query uses the text; the pseudonym finds
// a person.
import type { NamedPerson } from '@hengji/province';
import type { PersonalData } from '@hengji/host';

const ID_LENGTH = 18;

export const sealCandidate =
  (people: PersonalData) =>
  ({ idNumber, name }: NamedPerson): string =>
    people.seal(idNumber + name);

export const openCandidate =
  (people: PersonalData) =>
  (sealed: string): NamedPerson => {
    const text = people.open(sealed);
    return { idNumber: text.slice(0, ID_LENGTH), name: text.slice(ID_LENGTH) };
  };
