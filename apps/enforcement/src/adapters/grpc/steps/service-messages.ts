// The service (送达) of a document as messages: the request of a person, the record, and what each mode needs.
import type { ServiceFacts, ServiceRecord, ServiceRule } from '@hengji/contracts/enforcement/v1/case';
import { CAPACITIES, DELIVERY_MODES, DELIVERY_RULES, type Capacity, type Delivery } from '@hengji/procedure/tables';
import type { StoredDocument } from '@hengji/procedure';
import { typedNumber } from '@hengji/province';
import { known } from '../requests';

const WORDS = Object.keys(CAPACITIES) as readonly Capacity[];
const NO_TIME = new Date(Number.NaN);

const capacityOf = (facts: ServiceFacts | undefined): Capacity | null =>
  facts === undefined || facts.capacity === 'UNSPECIFIED' ? null : known(WORDS, facts.capacity, 'capacity');

interface Asked {
  readonly mode: string;
  readonly receiver: string;
  readonly service?: ServiceFacts | undefined;
  readonly attachmentIds: readonly string[];
}

/** The service as stated. An older caller states mode and receiver alone: then the facts are empty, and their check refuses them. */
export const deliveryOf = ({ mode, receiver, service, attachmentIds }: Asked): Delivery => ({
  mode: known(DELIVERY_MODES, mode, 'mode'),
  receiver: receiver.trim(),
  at: service?.servedAt ?? NO_TIME,
  capacity: capacityOf(service),
  servers: (service?.servers ?? []).map((name) => name.trim()).filter((name) => name !== ''),
  credentials: (service?.credentials ?? []).map(typedNumber).filter((number) => number !== ''),
  witness: service?.witness.trim() ?? '',
  postNumber: typedNumber(service?.postNumber ?? ''),
  publishedIn: service?.publishedIn.trim() ?? '',
  reason: service?.reason.trim() ?? '',
  attachmentIds,
});

export const serviceRecord = (one: NonNullable<StoredDocument['delivery']>): ServiceRecord => ({
  mode: one.mode,
  receiver: one.receiver,
  servedAt: one.servedAt,
  receiptDocumentId: one.receiptDocumentId,
  facts: {
    servedAt: one.at,
    capacity: one.capacity ?? 'UNSPECIFIED',
    servers: [...one.servers],
    credentials: [...one.credentials],
    witness: one.witness,
    postNumber: one.postNumber,
    publishedIn: one.publishedIn,
    reason: one.reason,
  },
  attachmentIds: [...one.attachmentIds],
});

export const SERVICE_RULES: readonly ServiceRule[] = DELIVERY_RULES.map(({ mode, hasReceiver, fields, leastServers, proof }) => ({
  mode,
  fields: [...(hasReceiver ? ['receiver'] : []), ...fields],
  leastServers,
  proof,
}));
