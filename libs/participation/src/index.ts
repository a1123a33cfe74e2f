export { attestAffected, attestContradictions, attestFence, attestResidual } from './answers/attest';
export { idsOf } from './answers/cross-checks';
export type { Attester } from './answers/attest';
export { byInstitution } from './places/by-institution';
export { holdEffect } from './effects/hold-effect';
export { activeHolds, checkGuard, guardTime } from './holds';
export { holdsLetGo } from './standing';
export { checkNotice, checkSealed, claimedByLifting, claimedByOrder } from './order-seal';
export type { OrderSeals } from './order-seal';
export { earlierQuery } from './places/earlier';
export { institutionsLike, placesOf, rememberPlace } from './places/places';
export { placesTopic } from './places/places-topic';
export { territoryOf } from './places/territory';
export type { NoticeHandlers } from './on-enforcement';
export { participation } from './participation';
export { checkScope, covers, isHeldBy, sameScope, scopeSql } from './scope';
export { keepLeft } from './left-records';
export { columnSql } from './effects/names';
export { activeHoldsOf, isStopped, standingClaims } from './standing';
export { eventStretches, keyedStretches } from './effects/stretches';
export { changedNamesSql, changedSql, columnFacts, digestSql } from './evidence/facts';
export type { Fact } from './evidence/facts';
export { againSql } from './effects/demand';
export type { ClaimedIn, Demand } from './effects/demand';
export { stateEffect } from './effects/state-effect';
export { moreThanSigned } from './effects/targets';
export { bindTargets, countTargets, previewTargets, residualTargets } from './effects/targets';
export type { Targets } from './effects/targets';
export { NOT_NARROWED, SCOPE_COLUMNS } from './types';
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
} from './types';
