export { connectKafka } from './connect-kafka';
export type { IncomingBatch, IncomingRecord, Kafka } from './kafka';
export { consumer } from './consumer';
export type { ConsumerOptions } from './consumer';
export { once, requestOf } from './once';
export type { AnswerCodec } from './once';
export { MAX_EVENT_BYTES, publish, republish } from './outbox';
export type { NewEvent } from './outbox';
export { parkingServer } from './parking-server';
export { outboxRelay } from './relay';
export { LONG_TRANSACTION } from './sql';
export type { SqlDb, SqlTx, TransactionOptions } from './sql';
export { subscribe } from './subscription';
export type { MessageContext, Subscription, TopicSubscription } from './subscription';
export { tail } from './tail';
export { findTask, startTask, wakeTask } from './task';
export type { Json, Task, TaskKind, TaskProgress, TaskStanding } from './task';
export { taskRunner } from './task-runner';
export { holdEffect } from './participation/effects/hold-effect';
export { activeHolds, checkGuard } from './participation/holds';
export { participation } from './participation/participation';
export { checkScope, covers, scopeSql } from './participation/scope';
export { activeHoldsOf, standingClaims } from './participation/standing';
export { stateEffect } from './participation/effects/state-effect';
export { NOT_NARROWED, SCOPE_COLUMNS } from './participation/types';
export type {
  Chunk,
  ColumnValue,
  Effect,
  EffectPreview,
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
} from './participation/types';
