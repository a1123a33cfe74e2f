// What exam answers without changing anything.
import type { ExamServiceImplementation } from '@hengji/contracts/exam/v1/exam_service';
import { Refusal } from '@hengji/domain-kit';
import { checkInstitutionCode } from '@hengji/province';
import { confirmResults } from '../../application/confirm-results';
import type { Ports } from '../../application/ports';
import { countRecords } from '../store/counts';
import type { Database, Tx } from '../store/database';
import { listPlans } from '../store/plan-store';
import { findResult, listResults } from '../store/result-store';
import { nextOf, pageOf } from '@hengji/host';

type Reads = Pick<ExamServiceImplementation, 'confirmResults' | 'listPlans' | 'listResults' | 'getResult' | 'countRecords'>;

export const examReads = ({ db, ports }: { readonly db: Database; readonly ports: Ports<Tx> }): Reads => ({
  confirmResults: async (request) => {
    const confirmed = await confirmResults(ports)(db, request.resultIds);
    return { results: confirmed.map(({ result, candidate, heldBy }) => ({ result, candidate, heldBy: [...heldBy] })) };
  },
  listPlans: async (request) => {
    const institution = checkInstitutionCode(request.institution, 'institution');
    const page = pageOf(request.page);
    const plans = await listPlans(db, institution, page);
    const held = await ports.heldBy(db, institution, plans);
    return {
      plans: plans.map((plan, i) => ({ ...plan, heldBy: [...(held[i] ?? [])] })),
      next: nextOf(plans, page, ({ planId }) => planId),
    };
  },
  listResults: async (request) => {
    const institution = checkInstitutionCode(request.institution, 'institution');
    const page = pageOf(request.page);
    const results = await listResults(db, { institution, sessionId: request.sessionId }, page);
    return { results, next: nextOf(results, page, ({ resultId }) => resultId) };
  },
  getResult: async (request) => {
    const result = await findResult(db, request.resultId);
    if (result === undefined) {
      throw new Refusal('notFound', 'result.unknown', '评价结果不存在', { field: 'result_id', rule: 'N3.7b' });
    }
    return { result };
  },
  countRecords: async (request) =>
    countRecords(db, request.institution === '' ? '' : checkInstitutionCode(request.institution, 'institution')),
});
