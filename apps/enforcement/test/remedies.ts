// Reconsiderations and suits over gRPC, for the specs.
import { randomUUID } from 'node:crypto';
import type { Order } from '@hengji/contracts/enforcement/v1/enforcement_service';
import type { Remedy, RemedyStep } from '@hengji/contracts/enforcement/v1/remedy';
import {
  OpenRemedyRequest,
  RemedyServiceDefinition,
  TakeRemedyStepRequest,
  type RemedyServiceClient,
} from '@hengji/contracts/enforcement/v1/remedy_service';
import { dayOf } from '@hengji/domain-kit';
import { grpcClient } from '@hengji/host';
import { TEST_CALLER_SECRET } from '@hengji/testing';
import { pdfOf, upload } from './attachments';
import { DRAFTER, type World } from './enforcement';

const DAY_MS = 86_400_000;

/** The day of the world's clock, or so many days later. */
export const dayIn = (world: World, days = 0): string => dayOf(new Date(Date.now() + world.clock.aheadMs + days * DAY_MS));

const withClient = async <R>(world: World, work: (client: RemedyServiceClient) => Promise<R>): Promise<R> => {
  const client = grpcClient(RemedyServiceDefinition, world.address(), {
    caller: 'gateway',
    secret: TEST_CALLER_SECRET,
    deadlineMs: 20_000,
  });
  try {
    return await work(client as RemedyServiceClient);
  } finally {
    client.close();
  }
};

const must = (remedy: Remedy | undefined): Remedy => {
  if (!remedy) throw new Error('an answer without a remedy');
  return remedy;
};

/** A reconsideration of the order, received today, except for the given changes. */
export const register = (world: World, order: Order, change: Partial<OpenRemedyRequest> = {}): Promise<Remedy> =>
  withClient(world, async (client) => {
    const { caseId, orderId } = order;
    const asked = OpenRemedyRequest.fromPartial({
      ...{ requestId: randomUUID(), actor: DRAFTER, caseId, orderId, kind: 'RECONSIDERATION', applicant: '某职业培训学校' },
      ...{ body: '沈阳市人民政府', bodyNo: '沈政复〔2026〕12号', receivedOn: dayIn(world), text: '请求撤销' },
      ...change,
    });
    return must((await client.openRemedy(asked)).remedy);
  });

export const getRemedy = (world: World, remedyId: string, actor = DRAFTER): Promise<Remedy> =>
  withClient(world, async (client) => must((await client.getRemedy({ actor, remedyId })).remedy));

export const listRemedies = (world: World, actor = DRAFTER): Promise<Remedy[]> =>
  withClient(
    world,
    async (client) =>
      (await client.listRemedies({ actor, query: { filters: [], sort: [], search: '', cursor: '', limit: 1_000 } })).remedies,
  );

/** The step of today, with a paper attached, except for the given changes. */
export const takeStep = (
  world: World,
  remedyId: string,
  step: Exclude<RemedyStep, 'UNSPECIFIED'>,
  change: Partial<TakeRemedyStepRequest> = {},
): Promise<Remedy> =>
  withClient(world, async (client) => {
    const { caseId } = await getRemedy(world, remedyId);
    const { attachmentId } = await upload(world.caseClient(), { caseId, actor: DRAFTER }, pdfOf(randomUUID()));
    const asked = TakeRemedyStepRequest.fromPartial({
      ...{
        requestId: randomUUID(),
        actor: DRAFTER,
        remedyId,
        step,
        day: dayIn(world),
        documentNo: '沈政复决〔2026〕9号',
        text: `${step}的记录`,
      },
      attachmentIds: [attachmentId],
      ...change,
    });
    return must((await client.takeRemedyStep(asked)).remedy);
  });
