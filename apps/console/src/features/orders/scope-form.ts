// The values of the wizard's form and the request body made from them. Pure, so that tests need no browser.
import type { DraftBody } from '../../api';
import { MEASURES } from '../../words/enforcement-words';
import { numbersOf, type NumberList } from '../drafts/number-list';

export type MeasureWord = keyof typeof MEASURES;

export interface OrderForm {
  institution: string;
  plans?: string;
  sessions?: string;
  occupations?: { occupation?: string; level?: string }[];
  persons?: string;
  certificates?: NumberList;
  from?: string;
  until?: string;
  measures: MeasureWord[];
  grounds: NonNullable<DraftBody['grounds']>;
  reason: string;
  rectifyBy?: string;
  caseId?: string;
  interim?: boolean;
  urgency?: string;
  endCondition?: string;
}

/** Splits pasted text at lines, spaces, commas and Chinese commas. */
export const entries = (text: string | undefined): string[] => [
  ...new Set((text ?? '').split(/[\s,\uFF0C\u3001;\uFF1B]+/).filter((part) => part !== '')),
];

/** Adds the measures that the chosen ones need (rules §7.9: M3 needs M2, M4 and M5 need M3). */
export const withNeeded = (measures: readonly MeasureWord[]): MeasureWord[] => {
  const all = new Set(measures);
  for (let before = -1; before !== all.size;) {
    before = all.size;
    for (const measure of [...all]) for (const needed of MEASURES[measure].needs) all.add(needed);
  }
  return (Object.keys(MEASURES) as MeasureWord[]).filter((measure) => all.has(measure));
};

export const draftBody = (form: OrderForm): DraftBody => ({
  scope: {
    institution: form.institution,
    plans: entries(form.plans),
    sessions: entries(form.sessions),
    // A half-filled line is sent unchanged and refused: leaving the line out would widen the order.
    occupationLevels: (form.occupations ?? [])
      .filter(({ occupation, level }) => occupation || level)
      .map(({ occupation = '', level = '' }) => ({ occupation, level })),
    persons: entries(form.persons),
    certificates: numbersOf(form.certificates),
    from: form.from ?? '',
    until: form.until ?? '',
  },
  measures: withNeeded(form.measures),
  grounds: form.grounds,
  reason: form.reason.trim(),
  rectifyBy: form.measures.includes('RECTIFY') ? (form.rectifyBy ?? '') : '',
  caseId: form.caseId ?? '',
  interim: form.interim === true,
  urgency: form.interim === true ? (form.urgency ?? '').trim() : '',
  endCondition: form.interim === true ? (form.endCondition ?? '').trim() : '',
});

/** An order that was drafted from this body. */
export interface Drafted {
  readonly orderId: string;
  readonly body: DraftBody;
}

/** The id of the draft with exactly this content; this draft is previewed again and not drafted a second time. */
export const keptDraft = (drafted: Drafted | undefined, body: DraftBody): string | undefined =>
  drafted !== undefined && JSON.stringify(drafted.body) === JSON.stringify(body) ? drafted.orderId : undefined;
