export { sessionPool } from './database/session-pool';
export { serviceDatabase } from './database/service-database';
export { writeProbe } from './database/write-probe';
export { connectKafka, kafkaOf } from './kafka/connect-kafka';
export type { Bounds, IncomingBatch, IncomingRecord, Inspector, Kafka, TopicNow, TopicWatch } from './kafka/kafka';
export { databasePart } from './database-part';
export { consumer } from './inbox/consumer';
export type { ConsumerOptions, ConsumerPart } from './inbox/consumer';
export { findKeptAnswer, once, requestOf } from './once';
export type { AnswerCodec } from './once';
export { MAX_EVENT_BYTES, publish, publishAll, republish } from './outbox';
export type { NewEvent } from './outbox';
export { NotSealed } from './inbox/arrival';
export { parkingServer } from './parked/parking-server';
export { outboxRelay } from './relay/relay';
export { gapRepair } from './republish/gap-repair';
export { ownersAt } from './republish/owners';
export type { Owner, Owners } from './republish/owners';
export { republishServer } from './republish/republish-server';
export { republishing } from './republish/republishing';
export { snapshotOf } from './republish/snapshot';
export { sealSnapshot } from './republish/snapshot-seal';
export type { SnapshotEvent, SnapshotSource } from './republish/snapshot';
export { LONG_TRANSACTION } from './sql';
export type { SqlDb, SqlTx, TransactionOptions } from './sql';
export { eventHeaders } from './seal/event-headers';
export { sealRecords } from './seal/record-seal';
export { sealReader, sourceOf } from './seal/seal-check';
export type { SealConfig, SealReader } from './seal/seal-check';
export { subscribe } from './subscription';
export type { MessageContext, Subscription, TopicSubscription } from './subscription';
export { tail } from './inbox/tail';
export type { Tail } from './inbox/tail';
export { findTask, startTask, wakeTask } from './task';
export type { Json, Task, TaskKind, TaskProgress, TaskStanding } from './task';
export { topicsKept, wrongSettings } from './topics-kept';
export { taskRunner } from './task-runner';
export { onWake, OWN_WAKE } from './wake';
export { attestAffected, attestContradictions, attestFence, attestResidual } from './participation/answers/attest';
export { idsOf } from './participation/answers/cross-checks';
export type { Attester } from './participation/answers/attest';
export { holdEffect } from './participation/effects/hold-effect';
export { activeHolds, checkGuard, guardTime } from './participation/holds';
export { checkNotice, checkSealed, claimedByLifting, claimedByOrder } from './participation/order-seal';
export type { OrderSeals } from './participation/order-seal';
export { participation } from './participation/participation';
export { checkScope, covers, isHeldBy, sameScope, scopeSql } from './participation/scope';
export { keepLeft } from './participation/left-records';
export { activeHoldsOf, standingClaims } from './participation/standing';
export { eventStretches } from './participation/effects/stretches';
export { changedNamesSql, changedSql, columnFacts, digestSql } from './participation/evidence/facts';
export type { Fact } from './participation/evidence/facts';
export { againSql } from './participation/effects/demand';
export type { ClaimedIn, Demand } from './participation/effects/demand';
export { stateEffect } from './participation/effects/state-effect';
export { moreThanSigned } from './participation/effects/targets';
export { bindTargets, countTargets, previewTargets, residualTargets } from './participation/effects/targets';
export type { Targets } from './participation/effects/targets';
export { NOT_NARROWED, SCOPE_COLUMNS } from './participation/types';
export type {
  AlteredOrder,
  Chunk,
  ColumnValue,
  CrossChecks,
  Effect,
  EffectPreview,
  EvidenceSpec,
  Hold,
  HoldEffectSpec,
  Leaf,
  OrderContext,
  Participation,
  ParticipationOptions,
  ParticipantName,
  Residual,
  ResidualOrder,
  ScopeColumns,
  ScopeRecord,
  StateEffectSpec,
  Target,
} from './participation/types';
