// The persons of a scope in the wizard: their pseudonym, and what the officer sees of them. Pure, so that tests need no browser.
import type { Answers } from '../../http';

export interface ChosenPerson {
  readonly person: string;
  /** 张*（证书 2、评价结果 1）. */
  readonly label: string;
}

type Found = Pick<Answers['PersonRecord'], 'kind' | 'institution' | 'maskedName' | 'person'>;

const KINDS = [
  ['CERTIFICATE', '证书'],
  ['RESULT', '评价结果'],
] as const;

/** The person of the records; undefined without a record at the institution. */
export const chosenOf = (records: readonly Found[], institution: string): ChosenPerson | undefined => {
  const own = records.filter((record) => record.institution === institution && record.person !== '');
  const [first] = own;
  if (first === undefined) return undefined;
  const counts = KINDS.flatMap(([kind, word]) => {
    const count = own.filter((record) => record.kind === kind).length;
    return count === 0 ? [] : [`${word} ${count}`];
  });
  const name = own.find(({ maskedName }) => maskedName !== '')?.maskedName ?? '';
  return { person: first.person, label: `${name}${counts.length === 0 ? '' : `（${counts.join('、')}）`}` };
};

/** Each person once. */
export const withPerson = (persons: readonly ChosenPerson[], added: ChosenPerson): ChosenPerson[] => [
  ...persons.filter(({ person }) => person !== added.person),
  added,
];

/** The persons of an existing draft; their names are not stored with it. */
export const personsOf = (persons: readonly string[]): ChosenPerson[] => persons.map((person, i) => ({ person, label: `人员${i + 1}` }));
