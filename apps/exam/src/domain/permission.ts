// What approval answers when asked whether an institution may evaluate, and how exam passes a "no" on.
import { Refusal, type RefusalKind } from '@hengji/domain-kit';

/** approval's answer; `reason` is empty when permitted. */
export interface Permission {
  readonly permitted: boolean;
  readonly reason: string;
}

const ANSWERS: Readonly<Record<string, { kind: RefusalKind; message: string; field: string }>> = {
  'institution.unknown': { kind: 'notFound', message: '机构不在评价机构目录内', field: 'plan.institution' },
  'filing.held': { kind: 'illegalMove', message: '机构已被责令停止评价', field: 'plan.institution' },
  'filing.removed': { kind: 'illegalMove', message: '机构已被移出目录', field: 'plan.institution' },
  'filing.expired': { kind: 'illegalMove', message: '备案在考试日期无效', field: 'plan.exam_date' },
  'filing.out_of_scope': { kind: 'illegalMove', message: '职业或等级不在备案范围内', field: 'plan.occupation' },
};

/** Refuses with approval's reason when the plan is not permitted. A reason that is newer than this table is passed on too. */
export const checkPermitted = (permission: Permission): void => {
  if (permission.permitted) return;
  const known = ANSWERS[permission.reason] ?? { kind: 'illegalMove', message: '备案不允许该计划', field: 'plan.institution' };
  throw new Refusal(known.kind, permission.reason || 'filing.not_permitted', known.message, { field: known.field, rule: 'N2.3a' });
};
