// Which RPCs of a participant record an act. See docs/ACTS.md.
import type { ParticipantServiceDefinition } from '@hengji/contracts/enforcement/v1/participant_service';
import { actsOf, type ActTable } from '@hengji/procedure';

export const PARTICIPANT_ACTS = {
  preview: 'reads',
  fence: { on: 'order' },
  countResidual: 'reads',
  listAffected: 'reads',
  findContradictions: 'reads',
  proveInclusion: 'reads',
  listLeft: 'reads',
} as const satisfies ActTable<ParticipantServiceDefinition['methods']>;

export const { doing } = actsOf(PARTICIPANT_ACTS);
