// An institution in the form that approval publishes, for services that store the places of institutions.
import { randomUUID } from 'node:crypto';
import { TOPICS } from '@hengji/contracts';
import type { Institution } from '@hengji/contracts/approval/v1/approval';
import { ApprovalEvent } from '@hengji/contracts/approval/v1/approval_events';
import type { KafkaProbe } from '../kafka-probe';

export interface ToldInstitution {
  readonly code: string;
  readonly name: string;
  readonly authority: string;
  readonly area: string;
}

const told = new Map<string, bigint>();

/** Publishes InstitutionFiled; a second call with the same code publishes the next event of its key. */
export const tellInstitution = async (probe: Pick<KafkaProbe, 'publish'>, institution: ToldInstitution & Partial<Institution>) => {
  const sequence = (told.get(institution.code) ?? 0n) + 1n;
  told.set(institution.code, sequence);
  const event = ApprovalEvent.fromPartial({
    meta: { eventId: randomUUID(), occurredAt: new Date(), institution: institution.code, sequence },
    body: { $case: 'institutionFiled', value: { institution } },
  });
  await probe.publish(TOPICS.approval, event);
};
