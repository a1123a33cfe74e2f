// Gates (关口): conditions that must hold before an important action. One table contains the conditions; a list names those that each kind of
// record must pass. Every read returns which gates are open. The transaction that acts calls the same functions.
import { Refusal } from '@hengji/domain-kit';

export interface GateRule<At> {
  readonly title: string;
  /** What is missing, for the officer; empty when the gate is open. */
  readonly missing: (at: At) => string;
}

export interface Gate<Word extends string = string> {
  readonly gate: Word;
  readonly title: string;
  /** Empty when the gate is open. */
  readonly missing: string;
}

/** Every gate of the list, open or not, in the order of the list. */
export const readGates = <Word extends string, At>(
  table: Readonly<Record<Word, GateRule<At>>>,
  words: readonly Word[],
  at: At,
): Gate<Word>[] => words.map((gate) => ({ gate, title: table[gate].title, missing: table[gate].missing(at) }));

/** Refuses with this reason, naming the first closed gate and what is missing; `field` is the gate. */
export const checkOpen = (gates: readonly Gate[], reason: string, rule: string): void => {
  const closed = gates.find(({ missing }) => missing !== '');
  if (closed)
    throw new Refusal('illegalMove', reason, `“${closed.title}”未满足：${closed.missing}`, { field: `gates.${closed.gate}`, rule });
};
