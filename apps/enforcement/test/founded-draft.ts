// A draft in a case that is founded: no step names it yet.
import { randomUUID } from 'node:crypto';
import type { Order } from '@hengji/contracts/enforcement/v1/enforcement_service';
import { DRAFTER, must, type World } from './enforcement';
import { anInstitution } from './neighbours';

export const foundedDraft = async (world: World): Promise<Order> => {
  const { caseId, institution } = await world.cases.founded(anInstitution());
  const content = {
    scope: { institution },
    measures: ['CANCEL_RESULTS' as const],
    grounds: ['CERTIFICATES_WITHOUT_EXAM' as const],
    reason: '不考试就发证',
  };
  return must((await world.client().draftOrder({ requestId: randomUUID(), actor: DRAFTER, caseId, ...content })).order);
};
