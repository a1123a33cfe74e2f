export { holdEffect } from './participation/hold-effect';
export { activeHolds, checkGuard } from './participation/holds';
export { participation } from './participation/participation';
export { checkScope, covers, scopeSql } from './participation/scope';
export { stateEffect } from './participation/state-effect';
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
