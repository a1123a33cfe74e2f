// May these results be certified? exam has confirmed them; each answer that is not a plain yes is a refusal that names
// the result, and then none of them is certified.
import { Refusal } from '@hengji/domain-kit';
import { type NamedPerson } from '@hengji/province';
import type { Evaluated } from './certificate';
import { atMost, firstRepeated } from './fields';

/** exam's word on one result. */
export interface ConfirmedResult {
  readonly result: Evaluated & { readonly passed: boolean; readonly state: string };
  readonly candidate: NamedPerson;
  /** Orders that hold it at exam. */
  readonly heldBy: readonly string[];
}

/** Checks the ids before exam is asked: 1 to 1,000, none twice. */
export const checkResultIds = (resultIds: readonly string[]): void => {
  atMost(resultIds.length, 'result_ids', 'certificate.too_many');
  if (resultIds.length === 0) {
    throw new Refusal('invalid', 'certificate.no_result', '至少应指定一个评价结果', { field: 'result_ids', rule: 'N3.7d' });
  }
  const repeated = firstRepeated(resultIds);
  if (repeated >= 0) {
    throw new Refusal('invalid', 'certificate.result_repeated', '评价结果重复', {
      field: `result_ids[${repeated}]`,
      rule: '一个结果一张证书',
    });
  }
};

/** One row of the table below: when it applies, and how it refuses. */
interface Obstacle {
  readonly stands: (confirmed: ConfirmedResult) => boolean;
  readonly reason: string;
  readonly message: (confirmed: ConfirmedResult) => string;
  readonly rule: string;
}

const OBSTACLES: readonly Obstacle[] = [
  {
    stands: ({ heldBy }) => heldBy.length > 0,
    reason: 'order.held',
    message: ({ heldBy }) => `处理决定(${heldBy.join('、')})已暂停该评价结果的相关业务`,
    rule: 'N3.5c',
  },
  {
    stands: ({ result }) => result.state !== 'PUBLISHED',
    reason: 'certificate.result_not_published',
    message: () => '评价结果未公示或已取消，不能核发证书',
    rule: 'N3.7d',
  },
  {
    stands: ({ result }) => !result.passed,
    reason: 'certificate.result_not_passed',
    message: () => '评价结果不合格，不能核发证书',
    rule: 'N3.7d',
  },
];

/**
 * The confirmed results in the order of the ids, all of one institution. Refuses certificate.without_result, order.held,
 * certificate.result_not_published, certificate.result_not_passed, certificate.mixed_institutions.
 */
export const decideIssuable = (
  resultIds: readonly string[],
  confirmed: readonly ConfirmedResult[],
): { readonly institution: string; readonly issuable: readonly ConfirmedResult[] } => {
  const byId = new Map(confirmed.map((one) => [one.result.resultId, one]));
  const issuable = resultIds.map((id, i) => {
    const field = `result_ids[${i}]`;
    const one = byId.get(id);
    if (one === undefined) {
      throw new Refusal('notFound', 'certificate.without_result', '没有对应的评价结果，不能核发证书', { field, rule: 'N3.7d' });
    }
    const obstacle = OBSTACLES.find(({ stands }) => stands(one));
    if (obstacle) throw new Refusal('illegalMove', obstacle.reason, obstacle.message(one), { field, rule: obstacle.rule });
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
