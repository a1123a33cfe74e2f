// approval's answer to whether an institution may evaluate, and how exam turns a refusal into its own: exam administration follows institution
// management (N3.7a).
import { Refusal, type RefusalKind } from '@hengji/domain-kit';
import { filingObstacle, type EvaluationKind, type FilingObstacle } from '@hengji/province';

/** The question to approval: may the institution evaluate this, on that day, at that place? */
export interface PermissionQuestion {
  readonly institution: string;
  readonly kind: EvaluationKind;
  readonly occupation: string;
  readonly level: string;
  /** YYYY-MM-DD in Asia/Shanghai. */
  readonly day: string;
  /** GB/T 2260 code of the venue; empty where the question has no place. */
  readonly area: string;
}

/** approval's answer; `reason` is empty when permitted. */
export interface Permission {
  readonly permitted: boolean;
  readonly reason: string;
}

/** The answer to a question that was asked before the transaction. */
export interface Standing {
  readonly permission: Permission;
  /** The time of the question, for the guard: the guard finds orders placed after this time. */
  readonly askedAt: Date;
}

interface Answer {
  readonly kind: RefusalKind;
  /** The field of a plan that the answer concerns. */
  readonly field: string;
}

const ANSWERS = {
  'institution.unknown': { kind: 'notFound', field: 'plan.institution' },
  'filing.held': { kind: 'illegalMove', field: 'plan.institution' },
  'filing.removed': { kind: 'illegalMove', field: 'plan.institution' },
  'filing.expired': { kind: 'illegalMove', field: 'plan.exam_date' },
  'filing.not_yet_valid': { kind: 'illegalMove', field: 'plan.exam_date' },
  'filing.out_of_scope': { kind: 'illegalMove', field: 'plan.occupation' },
  'filing.out_of_place': { kind: 'illegalMove', field: 'session.area' },
} as const satisfies Record<FilingObstacle, Answer>;

const answerTo = (reason: string): Answer =>
  (ANSWERS as Readonly<Record<string, Answer>>)[reason] ?? { kind: 'illegalMove', field: 'plan.institution' };

/**
 * Refuses with approval's reason when approval does not permit; a reason that is missing in this table is also returned. `field` is the
 * field of the request where the request contains no plan.
 */
export const checkPermitted = (permission: Permission, field?: string): void => {
  if (permission.permitted) return;
  const known = answerTo(permission.reason);
  const isPlace = permission.reason === 'filing.out_of_place';
  const detail = { field: isPlace ? known.field : (field ?? known.field), rule: isPlace ? 'N3.5a' : 'N2.3a' };
  throw new Refusal(known.kind, permission.reason || 'filing.not_permitted', filingObstacle(permission.reason), detail);
};
