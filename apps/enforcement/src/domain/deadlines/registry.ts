// Every limit that the rules know (rules §7.10), as one table: which event starts it, how long it runs, on what ground, and
// whose it is. A limit of an authority that has passed is a debt and stays on the board until it is met; a party's has simply
// ended. `lead` says how long before its end a limit nears; without it that is the last fifth of its time.
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

/** The rule of a code; a code that is in no table is a defect of whoever names it. */
export const ruleOf = (code: string): DeadlineRule => {
  if (!isCode(code)) throw new Error(`the deadline registry has no ${code}`);
  return REGISTRY[code];
};
