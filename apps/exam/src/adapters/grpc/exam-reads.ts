// The RPCs of exam that change no record.
import { EvaluationKind } from '@hengji/contracts/approval/v1/approval';
import type { ExamServiceImplementation, ListPlansRequest, ListResultsRequest } from '@hengji/contracts/exam/v1/exam_service';
import { dayOf, eachOnce, Refusal } from '@hengji/domain-kit';
import { inOrder, readList, type CallerContext } from '@hengji/host';
import { earlierQuery, placesOf, territoryOf } from '@hengji/participation';
import { EVERYWHERE, onBatch, recorded } from '@hengji/procedure';
import { checkInstitutionCode } from '@hengji/province';
import { confirmResults } from '../../application/confirm-results';
import type { Ports } from '../../application/ports';
import { planWarnings, type Plan } from '../../domain/plan';
import type { Result } from '../../domain/result';
import { countRecords } from '../store/counts';
import type { ApprovalClient } from '../clients/approval';
import type { Database, Tx } from '../store/database';
import { doing } from './acts';
import { PLAN_LIST, PLAN_PLACE, RESULT_LIST, RESULT_PLACE } from '../store/exam-lists';
import { findPlans } from '../store/plan-store';
import { findResult, findResults } from '../store/result-store';

type Reads = Pick<ExamServiceImplementation<CallerContext>, 'confirmResults' | 'listPlans' | 'listResults' | 'getResult' | 'countRecords'>;

interface Deps {
  readonly db: Database;
  readonly ports: Ports<Tx>;
  readonly approval: Pick<ApprovalClient, 'permissionFor'>;
}

// Without a query the request is for one institution's list, by id, as gateways of older versions send it.
const plansAsked = ({ actor, query, institution, page }: ListPlansRequest) =>
  query
    ? { query, territory: territoryOf(actor, PLAN_PLACE) }
    : { query: earlierQuery(page, { institution: checkInstitutionCode(institution, 'institution') }), territory: EVERYWHERE };
const resultsAsked = ({ actor, query, institution, sessionId, page }: ListResultsRequest) =>
  query
    ? { query, territory: territoryOf(actor, RESULT_PLACE) }
    : { query: earlierQuery(page, { institution: checkInstitutionCode(institution, 'institution'), sessionId }), territory: EVERYWHERE };

const institutionOf = ({ institution }: { readonly institution: string }): string => institution;

/** The orders that hold each of the plans, by plan id. */
const heldOf = async ({ db, ports }: Pick<Deps, 'db' | 'ports'>, plans: readonly Plan[]): Promise<Map<string, string[]>> => {
  const held = new Map<string, string[]>();
  for (const institution of new Set(plans.map(institutionOf))) {
    const own = plans.filter((plan) => plan.institution === institution);
    const holds = await ports.heldBy(db, institution, own);
    own.forEach(({ planId }, i) => held.set(planId, [...(holds[i] ?? [])]));
  }
  return held;
};

/** For each plan, why the filing does not cover it today; empty where the filing covers it. Each kind of evaluation is asked once. */
const obstaclesOf = ({ ports, approval }: Pick<Deps, 'ports' | 'approval'>, plans: readonly Plan[]): Promise<string[]> => {
  const day = dayOf(ports.now());
  const obstacleOf = eachOnce(
    ({ institution, kind, occupation, level }: Plan) => [institution, kind, occupation, level].join(' '),
    async ({ institution, kind, occupation, level }) => {
      const { permitted, reason } = await approval.permissionFor({ institution, kind, occupation, level, day, area: '' });
      return permitted ? '' : reason || 'filing.not_permitted';
    },
  );
  return Promise.all(plans.map(obstacleOf));
};

/** The plan of each result. */
const plansOf = async (db: Database, confirmed: readonly { readonly result: Result }[]): Promise<Plan[]> => {
  const planIds = confirmed.map(({ result: { planId } }) => planId);
  return inOrder(planIds, await findPlans(db, [...new Set(planIds)]), ({ planId }) => planId);
};

export const examReads = ({ db, ports, approval }: Deps): Reads => ({
  // The answer contains full ID numbers and names, so the read is an act that names every result.
  confirmResults: async (request, call) => {
    const confirmed = await confirmResults(ports)(db, request.resultIds);
    const on = onBatch(confirmed.map(({ result: { resultId: id, institution } }) => ({ id, institution }))).on;
    const evidence = confirmed.map(({ result }) => result.resultId);
    const plans = await plansOf(db, confirmed);
    const obstacles = await obstaclesOf({ ports, approval }, plans);
    const results = confirmed.map(({ result, candidate, heldBy }, i) => ({
      ...{ result, candidate, heldBy: [...heldBy] },
      ...{ obstacle: obstacles[i] ?? '', kind: EvaluationKind[plans[i]?.kind ?? 'UNSPECIFIED'] },
    }));
    return recorded(db, doing('confirmResults', {}, call), async () => ({ answer: { results }, on, evidence }));
  },
  listPlans: async (request) => {
    const { query, territory } = plansAsked(request);
    const { keys, next, total } = await readList(db, PLAN_LIST, query, territory);
    const plans = inOrder(keys, await findPlans(db, keys), ({ planId }) => planId);
    const held = await heldOf({ db, ports }, plans);
    return {
      plans: plans.map((plan) => ({ ...plan, heldBy: held.get(plan.planId) ?? [], warnings: planWarnings(plan) })),
      ...{ next, total, institutions: await placesOf(db, plans.map(institutionOf)) },
    };
  },
  listResults: async (request) => {
    const { query, territory } = resultsAsked(request);
    const { keys, next, total } = await readList(db, RESULT_LIST, query, territory);
    const results = inOrder(keys, await findResults(db, keys), ({ resultId }) => resultId);
    return { results, next, total, institutions: await placesOf(db, results.map(institutionOf)) };
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
