// Maps proto messages to use cases. A change opens its transaction here and runs once per request id; calls to approval come before the
// transaction.
import type { PlanState } from '@hengji/contracts/exam/v1/exam';
import {
  CreatePlanRequest,
  CreatePlanResponse,
  type ExamServiceImplementation,
  OpenSessionRequest,
  OpenSessionResponse,
  PublishResultsRequest,
  PublishResultsResponse,
  RecordResultsRequest,
  RecordResultsResponse,
} from '@hengji/contracts/exam/v1/exam_service';
import { Refusal } from '@hengji/domain-kit';
import type { CallerContext } from '@hengji/host';
import type { AnswerCodec } from '@hengji/messaging';
import { recordedOnce, type DoingOnce, type Done } from '@hengji/procedure';
import { checkWriter } from '@hengji/procedure/tables';
import { createPlan } from '../../application/create-plan';
import { openSession } from '../../application/open-session';
import { plannable } from '../../application/plannable';
import type { Ports } from '../../application/ports';
import { publishResults } from '../../application/publish-results';
import { recordResults } from '../../application/record-results';
import { checkNewPlan, planWarnings, type Plan } from '../../domain/plan';
import type { ApprovalClient } from '../clients/approval';
import type { Database, Tx } from '../store/database';
import { doingOnce } from './acts';
import { examImports } from './exam-imports';
import { examReads } from './exam-reads';
import { standings } from './standings';

export interface ServerDeps {
  readonly db: Database;
  readonly ports: Ports<Tx>;
  readonly approval: Pick<ApprovalClient, 'permissionFor'>;
}

/** Longer than Prisma's five seconds, for a thousand rows on a busy disk. */
export const WRITE_LIMITS = { maxWait: 10_000, timeout: 30_000 } as const;

const required = <T>(value: T | undefined, field: string): T => {
  if (value === undefined) throw new Refusal('invalid', 'request.field_missing', '缺少必填内容', { field, rule: 'exam.v1' });
  return value;
};

const withHolds = (plan: Plan): Plan & { heldBy: string[]; warnings: string[]; state: PlanState } => ({
  ...plan,
  heldBy: [],
  warnings: planWarnings(plan),
});

type Server = ExamServiceImplementation<CallerContext>;
type Changes = Pick<Server, 'createPlan' | 'openSession' | 'recordResults' | 'publishResults'>;

const examChanges = ({ db, ports, approval }: ServerDeps): Changes => {
  const standing = standings({ db, ports, approval });
  const write = <T>(done: DoingOnce, codec: AnswerCodec<T>, work: (tx: Tx) => Promise<Done<T>>): Promise<T> =>
    db.$transaction((tx) => recordedOnce(tx, done, codec, () => work(tx)), WRITE_LIMITS);
  return {
    createPlan: async (request, call) => {
      const actor = checkWriter(request.actor);
      const plan = checkNewPlan(required(request.plan, 'plan'), plannable(ports));
      const filed = await standing.of({ ...plan, day: plan.examDate, area: '' });
      return write(doingOnce('createPlan', CreatePlanRequest, request, call), CreatePlanResponse, async (tx) => {
        const made = await createPlan(ports)(tx, { actor, plan, standing: filed });
        return { answer: { plan: withHolds(made) }, on: { id: made.planId, institution: made.institution } };
      });
    },
    openSession: async (request, call) => {
      const actor = checkWriter(request.actor);
      const asked = required(request.session, 'session');
      const filed = await standing.ofOpening(asked.planId, asked);
      return write(doingOnce('openSession', OpenSessionRequest, request, call), OpenSessionResponse, async (tx) => {
        const { session, institution } = await openSession(ports)(tx, { actor, session: asked, standing: filed });
        return { answer: { session }, on: { id: session.sessionId, institution } };
      });
    },
    recordResults: async (request, call) => {
      const actor = checkWriter(request.actor);
      const { sessionId } = request;
      const filed = await standing.ofSession(sessionId, 'EXAM');
      return write(doingOnce('recordResults', RecordResultsRequest, request, call), RecordResultsResponse, async (tx) => {
        const { results, institution } = await recordResults(ports)(tx, { actor, sessionId, results: request.results, standing: filed });
        return { answer: { results }, on: { id: sessionId, institution } };
      });
    },
    publishResults: async (request, call) => {
      const actor = checkWriter(request.actor);
      const { sessionId } = request;
      const filed = await standing.ofSession(sessionId, 'TODAY');
      return write(doingOnce('publishResults', PublishResultsRequest, request, call), PublishResultsResponse, async (tx) => {
        const { published, institution } = await publishResults(ports)(tx, { actor, sessionId, standing: filed });
        return { answer: { published }, on: { id: sessionId, institution } };
      });
    },
  };
};

export const examServer = (deps: ServerDeps): Server => ({
  ...examChanges(deps),
  ...examReads(deps),
  ...examImports(deps),
});
