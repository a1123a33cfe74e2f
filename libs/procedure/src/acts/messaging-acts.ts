// The acts of the RPCs that every service has in addition to its own. These are parked messages and republished events from libs/messaging,
// which has no acts itself, the list of acts, exports of lists, and documents.
import type { ParkingServiceDefinition } from '@hengji/contracts/messaging/v1/parking_service';
import type { RepublishServiceDefinition } from '@hengji/contracts/messaging/v1/republish_service';
import type { ActsServiceDefinition } from '@hengji/contracts/procedure/v1/acts_service';
import type { DocumentServiceDefinition } from '@hengji/contracts/procedure/v1/document_service';
import type { KeepAsked, ParkingChange } from '@hengji/messaging';
import { actsOf, recorded, type ActTable } from './recorded';

export const PARKING_ACTS = {
  listParked: 'reads',
  getParked: 'reads',
  replayParked: { on: 'parked' },
  proposeDiscard: { on: 'parked' },
  confirmDiscard: { on: 'parked' },
  listParkedGroups: 'reads',
  proposeGroupDiscard: { on: 'discard_group' },
  confirmGroupDiscard: { on: 'discard_group' },
  listDiscarded: 'reads',
  listGaps: 'reads',
} as const satisfies ActTable<ParkingServiceDefinition['methods']>;

export const REPUBLISH_ACTS = {
  listHeads: 'reads',
  republish: { on: 'event' },
  snapshot: 'reads',
} as const satisfies ActTable<RepublishServiceDefinition['methods']>;

const OWN_ACTS = {
  listActs: 'reads',
  recordExport: { on: 'list' },
} as const satisfies ActTable<ActsServiceDefinition['methods']>;

const DOCUMENT_ACTS = {
  listDocuments: 'reads',
  getDocument: 'reads',
} as const satisfies ActTable<DocumentServiceDefinition['methods']>;

export const { doing } = actsOf({ ...PARKING_ACTS, ...REPUBLISH_ACTS, ...OWN_ACTS, ...DOCUMENT_ACTS });

/** For `parkingServer` and `republishing`: stores the caller's request as an act. */
export const keepAsked: KeepAsked<ParkingChange | 'republish'> = (tx, { method, caller, actor, on }) =>
  recorded(tx, doing(method, { actor }, { caller }), async () => ({ answer: undefined, on }));
