// Decides whether the results that exam confirmed may be certified. An obstacle of one result is a refusal that names the result, and then
// none of the results is certified.
import { type Day, isDay, Refusal } from '@hengji/domain-kit';
import {
  addWorkingDays,
  EVALUATION_KINDS,
  filingObstacle,
  isEvaluationKind,
  kindObstacle,
  kindOfOccupation,
  type EvaluationKind,
  type NamedPerson,
  PUBLISHED_CALENDAR,
} from '@hengji/province';
import type { Evaluated } from './certificate';
import { atMost, firstRepeated } from './fields';

/** exam's confirmation of one result. */
export interface ConfirmedResult {
  readonly result: Evaluated & {
    readonly passed: boolean;
    readonly state: string;
    /** Day of 公示, YYYY-MM-DD; empty for results that exam did not publish itself. */
    readonly publishedOn: string;
  };
  readonly candidate: NamedPerson;
  /** Orders that hold the result at exam. */
  readonly heldBy: readonly string[];
  /** Why the filing does not cover the result today; empty when the filing covers it. */
  readonly obstacle: string;
  /** 评价类别 of the plan; UNSPECIFIED from an exam of an older version. */
  readonly kind: string;
}

/** The facts known at the time of issue. */
export interface Issuing {
  readonly today: Day;
  /** Working days of the publicity of results before certificates may be issued; 0 = none. */
  readonly publicityWorkingDays: number;
}

/** Checks the ids before the call to exam: 1 to 1,000, none twice. */
export const checkResultIds = (resultIds: readonly string[]): void => {
  atMost(resultIds.length, 'result_ids', 'certificate.too_many');
  if (resultIds.length === 0) {
    throw new Refusal('invalid', 'certificate.no_result', '至少应指定一个评价结果', {
      field: 'result_ids',
      rule: 'certificate.v1.IssueCertificatesRequest',
    });
  }
  const repeated = firstRepeated(resultIds);
  if (repeated >= 0) {
    throw new Refusal('invalid', 'certificate.result_repeated', '评价结果重复', {
      field: `result_ids[${repeated}]`,
      rule: '一个结果一张证书',
    });
  }
};

/** One row of the table below: when the obstacle applies, and its refusal. */
interface Obstacle {
  readonly stands: (confirmed: ConfirmedResult, issuing: Issuing) => boolean;
  readonly reason: string | ((confirmed: ConfirmedResult) => string);
  readonly message: (confirmed: ConfirmedResult, issuing: Issuing) => string;
  readonly rule: string;
}

/** Last day of the publicity; undefined where no publicity is required. */
const publicityEnd = ({ result }: ConfirmedResult, { publicityWorkingDays }: Issuing): Day | undefined =>
  publicityWorkingDays > 0 && isDay(result.publishedOn)
    ? addWorkingDays(PUBLISHED_CALENDAR, result.publishedOn, publicityWorkingDays)
    : undefined;

const isInPublicity = (confirmed: ConfirmedResult, issuing: Issuing): boolean => {
  const end = publicityEnd(confirmed, issuing);
  return end !== undefined && issuing.today <= end;
};

const kindOf = ({ kind, result }: ConfirmedResult): EvaluationKind => (isEvaluationKind(kind) ? kind : kindOfOccupation(result.occupation));

/** Why the kind earns no 职业技能等级证书; undefined if it does. */
const kindFault = (confirmed: ConfirmedResult): string | undefined => {
  const kind = kindOf(confirmed);
  return kind === 'LEVEL_RECOGNITION'
    ? kindObstacle(kind, confirmed.result.occupation)?.message
    : `${EVALUATION_KINDS[kind].name}的结果不核发职业技能等级证书`;
};

const OBSTACLES: readonly Obstacle[] = [
  {
    stands: ({ heldBy }) => heldBy.length > 0,
    reason: 'order.held',
    message: ({ heldBy }) => `处理决定(${heldBy.join('、')})已暂停该评价结果的相关业务`,
    rule: 'N3.5c',
  },
  {
    stands: ({ obstacle }) => obstacle !== '',
    reason: ({ obstacle }) => obstacle,
    message: ({ obstacle }) => `${filingObstacle(obstacle)}，不能核发证书`,
    rule: 'N2.3a',
  },
  {
    stands: (confirmed) => kindFault(confirmed) !== undefined,
    reason: 'certificate.kind_invalid',
    message: (confirmed) => kindFault(confirmed) ?? '',
    rule: 'N2.2a',
  },
  {
    stands: ({ result }) => result.state !== 'PUBLISHED',
    reason: 'certificate.result_not_published',
    message: () => '评价结果未公示或已取消，不能核发证书',
    rule: 'N3.7b',
  },
  {
    stands: ({ result }) => !result.passed,
    reason: 'certificate.result_not_passed',
    message: () => '评价结果不合格，不能核发证书',
    rule: 'rules §5.4',
  },
  {
    stands: isInPublicity,
    reason: 'certificate.publicity_running',
    message: (confirmed, issuing) => `评价结果公示至${publicityEnd(confirmed, issuing)}，期满后方可核发证书`,
    rule: 'rules §5.1',
  },
];

/**
 * The confirmed results in the order of the ids, all of one institution. Refuses certificate.without_result, order.held,
 * filing.*, certificate.kind_invalid, certificate.result_not_published, certificate.result_not_passed, certificate.publicity_running,
 * certificate.mixed_institutions.
 */
export const decideIssuable = (
  resultIds: readonly string[],
  confirmed: readonly ConfirmedResult[],
  issuing: Issuing,
): { readonly institution: string; readonly issuable: readonly ConfirmedResult[] } => {
  const byId = new Map(confirmed.map((one) => [one.result.resultId, one]));
  const issuable = resultIds.map((id, i) => {
    const field = `result_ids[${i}]`;
    const one = byId.get(id);
    if (one === undefined) {
      throw new Refusal('notFound', 'certificate.without_result', '没有对应的评价结果，不能核发证书', { field, rule: 'N3.7b' });
    }
    const obstacle = OBSTACLES.find(({ stands }) => stands(one, issuing));
    if (obstacle) {
      const reason = typeof obstacle.reason === 'string' ? obstacle.reason : obstacle.reason(one);
      throw new Refusal('illegalMove', reason, obstacle.message(one, issuing), { field, rule: obstacle.rule });
    }
    return one;
  });
  const institution = issuable[0]?.result.institution ?? '';
  const other = issuable.findIndex(({ result }) => result.institution !== institution);
  if (other >= 0) {
    throw new Refusal('invalid', 'certificate.mixed_institutions', '一次只能核发同一机构的证书', {
      field: `result_ids[${other}]`,
      rule: 'certificate.v1.IssueCertificatesRequest',
    });
  }
  return { institution, issuable };
};

/** Refuses `certificate.already_issued`: one result, one certificate. */
export const alreadyIssued = (field: string): Refusal =>
  new Refusal('conflict', 'certificate.already_issued', '该评价结果已核发证书', { field, rule: '一个结果一张证书' });
