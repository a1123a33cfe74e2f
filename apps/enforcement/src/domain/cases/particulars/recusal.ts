// Recusal (回避, 行政处罚法第四十三条): who verifies, checks or decides declares no interest. A person whose interest was declared or
// decided takes no further step in any case of the institution, and the own verification or check no longer counts.
import { Refusal } from '@hengji/domain-kit';
import type { Case, CaseEntry, CaseStep } from '../case';

const RULE = '行政处罚法第四十三条';

type Named = Pick<CaseEntry, 'step' | 'by'> & { readonly particulars: Pick<CaseEntry['particulars'], 'officerId'> };

/** The people who are recused by these entries. */
export const recusedBy = (entries: readonly Named[]): Set<string> =>
  new Set(
    entries.flatMap(({ step, by, particulars }) => {
      if (step === 'DECLARE_INTEREST') return [by];
      return step === 'GRANT_RECUSAL' ? [particulars.officerId] : [];
    }),
  );

/** The steps that recuse somebody. */
export const RECUSING = ['DECLARE_INTEREST', 'GRANT_RECUSAL'] as const satisfies readonly CaseStep[];

/** Refuses `case.recused`. `recused`: people who are recused in any case of the institution. */
export const checkNotRecused = (theCase: Pick<Case, 'entries'>, person: string, recused: readonly string[]): void => {
  if (!recused.includes(person) && !recusedBy(theCase.entries).has(person)) return;
  throw new Refusal('forbidden', 'case.recused', '您与该机构或者本案有利害关系，已经回避，不能办理本案', {
    ...{ field: 'actor.officer_id', rule: RULE },
  });
};

/** Refuses `case.interest_undeclared`. */
export const checkNoInterest = (noInterest: boolean): void => {
  if (noInterest) return;
  const message = '应声明与该机构、本案没有利害关系；有利害关系的，应办理“自行回避”';
  throw new Refusal('invalid', 'case.interest_undeclared', message, { field: 'no_interest', rule: RULE });
};

/** Whether the institution has asked for a recusal that is not decided. */
export const isRecusalAsked = ({ entries }: Pick<Case, 'entries'>): boolean =>
  entries.findLast(({ step }) => step === 'ASK_RECUSAL' || step === 'GRANT_RECUSAL' || step === 'REFUSE_RECUSAL')?.step === 'ASK_RECUSAL';

/** Refuses `case.recusal_open`: a request is decided before the decision on the case. */
export const checkRecusalDecided = (theCase: Pick<Case, 'entries'>): void => {
  if (isRecusalAsked(theCase))
    throw new Refusal('illegalMove', 'case.recusal_open', '当事人申请回避，应先作出决定', { field: 'step', rule: RULE });
};

/** Refuses `case.officer_missing`, and `case.recusal_own`: nobody decides on the own recusal. */
export const checkOfficerNamed = (officerId: string, person: string): void => {
  if (officerId.trim() === '') {
    throw new Refusal('invalid', 'case.officer_missing', '应写明是哪一名人员的回避', { field: 'officer_id', rule: RULE });
  }
  if (officerId === person)
    throw new Refusal('forbidden', 'case.recusal_own', '不能决定本人的回避，应由他人决定', { field: 'officer_id', rule: RULE });
};

/** Refuses `case.officer_missing`. The institution knows officers by name. */
export const checkOfficerName = (officerName: string): void => {
  if (officerName.trim() === '')
    throw new Refusal('invalid', 'case.officer_missing', '应写明申请哪一名人员回避', { field: 'officer_name', rule: RULE });
};
