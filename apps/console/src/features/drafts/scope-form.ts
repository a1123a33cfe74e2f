// The values of the wizard's form and the request body made from them. Pure, so that tests need no browser.
import type { DraftBody, OrderJson } from '../../api';
import { MEASURES } from '../../words/enforcement-words';
import { personsOf, type ChosenPerson } from './person-list';
import { numberListOf, numbersOf, type NumberList } from './number-list';

export type MeasureWord = keyof typeof MEASURES;

export const DAY_RULE = { pattern: /^\d{4}-\d{2}-\d{2}$/, message: '请填写日期，如 2026-03-01' };

export interface OrderForm {
  institution: string;
  title?: string;
  plans?: string[];
  sessions?: string;
  occupations?: { occupation?: string; level?: string }[];
  persons?: ChosenPerson[];
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
  supersedes?: string;
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
    plans: form.plans ?? [],
    sessions: entries(form.sessions),
    // A half-filled line is sent unchanged and refused: leaving the line out would widen the order.
    occupationLevels: (form.occupations ?? [])
      .filter(({ occupation, level }) => occupation || level)
      .map(({ occupation = '', level = '' }) => ({ occupation, level })),
    persons: (form.persons ?? []).map(({ person }) => person),
    certificates: numbersOf(form.certificates),
    from: form.from ?? '',
    until: form.until ?? '',
  },
  measures: withNeeded(form.measures),
  grounds: form.grounds,
  reason: form.reason.trim(),
  rectifyBy: form.measures.includes('RECTIFY') ? (form.rectifyBy ?? '') : '',
  title: (form.title ?? '').trim(),
  caseId: form.caseId ?? '',
  interim: form.interim === true,
  supersedes: form.supersedes ?? '',
  urgency: form.interim === true ? (form.urgency ?? '').trim() : '',
  endCondition: form.interim === true ? (form.endCondition ?? '').trim() : '',
});

/** The form's values of an existing draft. */
export const formOf = (
  order: Pick<OrderJson, 'scope' | 'measures' | 'grounds' | 'reason' | 'title' | 'caseId' | 'interim'> & Partial<OrderJson>,
): OrderForm => {
  const { scope, measures, grounds } = order;
  const numbers = numberListOf(scope?.institution ?? '', scope?.certificates ?? []);
  return {
    institution: scope?.institution ?? '',
    title: order.title,
    plans: scope?.plans ?? [],
    sessions: (scope?.sessions ?? []).join('\n'),
    occupations: (scope?.occupationLevels ?? []).map((line) => ({ ...line })),
    persons: personsOf(scope?.persons ?? []),
    ...(numbers === undefined ? {} : { certificates: numbers }),
    from: scope?.from ?? '',
    until: scope?.until ?? '',
    measures: measures.filter((measure) => measure !== 'UNSPECIFIED'),
    grounds: grounds.filter((ground) => ground !== 'UNSPECIFIED'),
    reason: order.reason,
    rectifyBy: order.rectifyBy ?? '',
    caseId: order.caseId,
    interim: order.interim,
    urgency: order.urgency ?? '',
    endCondition: order.endCondition ?? '',
    supersedes: order.supersedes ?? '',
  };
};

/** An order that was drafted from this body. */
export interface Drafted {
  readonly orderId: string;
  readonly body: DraftBody;
}

/** The id of the draft with exactly this content; this draft is previewed again and not drafted a second time. */
export const keptDraft = (drafted: Drafted | undefined, body: DraftBody): string | undefined =>
  drafted !== undefined && JSON.stringify(drafted.body) === JSON.stringify(body) ? drafted.orderId : undefined;
