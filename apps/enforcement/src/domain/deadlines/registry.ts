// All limits of the rules (rules §7.10) as one table: the event that starts the limit, its length, its ground and its owner. A
// passed limit of an authority stays on the board until it is met; a passed limit of a party ends. `lead` is the time before
// the end at which a limit nears; without `lead`, the last fifth of its time.
import { OURS, PENALTY, REMEDIES, TRANSFER } from './case-limits';
import type { DeadlineRule } from './rule';
import { EXAMS, FILING, RECORDS, SUPERVISION } from './supervision-limits';

export const REGISTRY = {
  ...FILING,
  ...EXAMS,
  ...SUPERVISION,
  ...PENALTY,
  ...TRANSFER,
  ...REMEDIES,
  ...RECORDS,
  ...OURS,
} as const satisfies Record<string, DeadlineRule>;
export type DeadlineCode = keyof typeof REGISTRY;

export const isCode = (text: string): text is DeadlineCode => Object.hasOwn(REGISTRY, text);

/** The rule of a code; an unknown code is a defect in the caller. */
export const ruleOf = (code: string): DeadlineRule => {
  if (!isCode(code)) throw new Error(`the deadline registry has no ${code}`);
  return REGISTRY[code];
};
