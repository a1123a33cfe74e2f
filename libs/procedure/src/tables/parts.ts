// Who has done what in a file, read from its record. Nobody may have two mutually exclusive parts in one file. A part once taken stays
// taken, also if its result is taken back.
import { Refusal } from '@hengji/domain-kit';
import type { Procedure, StepOf } from './procedure';
import type { Entry, Terms } from './terms';

type Record_ = { readonly entries: readonly Entry[] };
type Tables<T extends Terms> = Pick<Procedure<T>, 'steps' | 'wording'>;

/** The people who took the step, each once, in the order of their first record. */
export const takersOf = ({ entries }: Record_, step: string): string[] => [
  ...new Set(entries.filter((entry) => entry.step === step).map(({ by }) => by)),
];

/** The person who took the step last; empty if nobody has. */
export const lastTakerOf = ({ entries }: Record_, step: string): string => entries.findLast((entry) => entry.step === step)?.by ?? '';

/** The parts that this person has had in the file. */
export const partsOf = <T extends Terms>({ steps }: Pick<Procedure<T>, 'steps'>, { entries }: Record_, person: string): Set<T['part']> =>
  new Set(
    entries.flatMap(({ by, step }) => {
      const part = by === person ? steps[step as StepOf<T>].part : undefined;
      return part === undefined ? [] : [part];
    }),
  );

/** Refuses `<noun>.same_person`: a person with one of the parts may not take a step of another part. */
export const checkSeparate = <T extends Terms>(
  { steps, wording }: Tables<T>,
  file: Record_,
  { step, person, what = steps[step].title }: { readonly step: StepOf<T>; readonly person: string; readonly what?: string },
): void => {
  const { part } = steps[step];
  if (part === undefined) return;
  const held = [...partsOf<T>({ steps }, file, person)].find((other) => other !== part);
  if (held === undefined) return;
  const { noun, called, parts, basis } = wording;
  const names: readonly string[] = Object.values(parts);
  const message = `您在${called}中已承担${parts[held]}，不能再办理“${what}”：${names.join('、')}须由不同人员承担`;
  throw new Refusal('forbidden', `${noun}.same_person`, message, { field: 'actor.officer_id', rule: basis.who });
};

/** People with two exclusive parts. Always empty: a second check of what `checkSeparate` decides. */
export const doubled = <T extends Terms>(tables: Pick<Procedure<T>, 'steps'>, file: Record_): string[] =>
  [...new Set(file.entries.map(({ by }) => by))].filter((person) => partsOf<T>(tables, file, person).size > 1);
