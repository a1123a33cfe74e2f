// proto ↔ use case. A change opens its transaction here and does its work once per request id; what must be asked of
// approval is asked before.
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
import { dayOf, Refusal } from '@hengji/domain-kit';
import { type AnswerCodec, once, requestOf } from '@hengji/messaging';
import { guardTime } from '@hengji/participation';
import { createPlan } from '../../application/create-plan';
import { openSession } from '../../application/open-session';
import type { Ports } from '../../application/ports';
import { publishResults } from '../../application/publish-results';
import { recordResults } from '../../application/record-results';
import { checkWriter } from '../../domain/actor';
import { checkNewPlan, type Plan } from '../../domain/plan';
import type { ApprovalClient } from '../clients/approval';
import type { Database, Tx } from '../store/database';
import { examImports } from './exam-imports';
import { examReads } from './exam-reads';

export interface ServerDeps {
  readonly db: Database;
  readonly ports: Ports<Tx>;
  readonly approval: Pick<ApprovalClient, 'permissionFor'>;
}

/** A thousand rows and a busy disk: more than Prisma's five seconds. */
export const WRITE_LIMITS = { maxWait: 10_000, timeout: 30_000 } as const;

const required = <T>(value: T | undefined, field: string): T => {
  if (value === undefined) throw new Refusal('invalid', 'request.field_missing', '缺少必填内容', { field, rule: 'exam.v1' });
  return value;
};

/** Name of a request for `once`: its method and content, without the id that it is asked under. */
const named = <R extends { requestId: string }>(method: string, codec: AnswerCodec<R>, request: R): string =>
  requestOf(method, codec, { ...request, requestId: '' });

const withHolds = (plan: Plan): Plan & { heldBy: string[]; state: PlanState } => ({ ...plan, heldBy: [] });

type Changes = Pick<ExamServiceImplementation, 'createPlan' | 'openSession' | 'recordResults' | 'publishResults'>;

const examChanges = ({ db, ports, approval }: ServerDeps): Changes => {
  const write = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => db.$transaction(work, WRITE_LIMITS);
  return {
    createPlan: async (request) => {
      const actor = checkWriter(request.actor);
      const plan = checkNewPlan(required(request.plan, 'plan'), dayOf(ports.now()));
      const askedAt = await guardTime(db);
      const permission = await approval.permissionFor(plan);
      const what = named('CreatePlan', CreatePlanRequest, request);
      return write((tx) =>
        once(tx, request.requestId, what, CreatePlanResponse, async () => ({
          plan: withHolds(await createPlan(ports)(tx, { actor, plan, permission, askedAt })),
        })),
      );
    },
    openSession: (request) => {
      const actor = checkWriter(request.actor);
      const session = required(request.session, 'session');
      const what = named('OpenSession', OpenSessionRequest, request);
      return write((tx) =>
        once(tx, request.requestId, what, OpenSessionResponse, async () => ({
          session: await openSession(ports)(tx, { actor, session }),
        })),
      );
    },
    recordResults: (request) => {
      const actor = checkWriter(request.actor);
      const what = named('RecordResults', RecordResultsRequest, request);
      return write((tx) =>
        once(tx, request.requestId, what, RecordResultsResponse, async () => ({
          results: await recordResults(ports)(tx, { actor, sessionId: request.sessionId, results: request.results }),
        })),
      );
    },
    publishResults: (request) => {
      const actor = checkWriter(request.actor);
      const what = named('PublishResults', PublishResultsRequest, request);
      return write((tx) =>
        once(tx, request.requestId, what, PublishResultsResponse, async () => ({
          published: await publishResults(ports)(tx, { actor, sessionId: request.sessionId }),
        })),
      );
    },
  };
};

export const examServer = (deps: ServerDeps): ExamServiceImplementation => ({
  ...examChanges(deps),
  ...examReads(deps),
  ...examImports(deps),
});
