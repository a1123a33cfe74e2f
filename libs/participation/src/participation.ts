// Combines a service's whole part in enforcement orders for its compose.ts.
import type { ParticipantServiceDefinition } from '@hengji/contracts/enforcement/v1/participant_service';
import { signer, verifier, type CallerTable } from '@hengji/host';
import { sealReader, type SqlTx, taskRunner } from '@hengji/messaging';
import { fenceCatchUp } from './fence-catch-up';
import { onEnforcement, type NoticeHandlers } from './on-enforcement';
import { ROW_TASK } from './order-rows';
import { participantServer } from './answers/participant-server';
import { rowTask, settleRows, type RowWork } from './row-task';
import type { Participation, ParticipationOptions } from './types';

/**
 * Maximum number of records in one transaction. Each record costs about 10 µs, so a chunk takes less than a tenth of a second. With fewer
 * records the fixed cost of a chunk (statements, task, tally) would dominate.
 */
const MAX_CHUNK = 5_000;
const ENFORCEMENT_ONLY = ['enforcement'] as const;
const CALLERS = {
  preview: ENFORCEMENT_ONLY,
  fence: ENFORCEMENT_ONLY,
  countResidual: ENFORCEMENT_ONLY,
  listAffected: ENFORCEMENT_ONLY,
  findContradictions: ENFORCEMENT_ONLY,
  proveInclusion: ENFORCEMENT_ONLY,
  listLeft: ENFORCEMENT_ONLY,
} as const satisfies CallerTable<ParticipantServiceDefinition['methods']>;

/** Everything that a service needs to take part in orders; see ParticipationOptions. `notices`: of the service that keeps public notices. */
export const participation = <Tx extends SqlTx>(o: ParticipationOptions<Tx>, notices?: NoticeHandlers<Tx>): Participation<Tx> => {
  const work: RowWork<Tx> = {
    service: o.service,
    effects: o.effects,
    signer: signer({ keyFile: o.config.SIGNING_KEY_FILE }),
    seals: { verifier: verifier({ trustFile: o.config.TRUSTED_KEYS_FILE }), acceptUnsealed: o.config.ACCEPT_UNSEALED_ORDERS },
    chunkSize: Math.min(o.chunkSize ?? MAX_CHUNK, MAX_CHUNK),
  };
  return {
    signer: work.signer,
    seals: sealReader(o.config),
    server: participantServer({ ...o, signer: work.signer, verifier: work.seals.verifier }),
    callers: CALLERS,
    subscription: onEnforcement(work, notices),
    parts: [fenceCatchUp(o), taskRunner({ service: o.service, db: o.db, kinds: { [ROW_TASK]: rowTask(work) }, log: o.log, now: o.now })],
    settle: (tx, orderId) => settleRows(tx, work, orderId, o.now()),
  };
};
