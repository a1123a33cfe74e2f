import type { Envelope } from '@hengji/contracts';
import type { SqlTx } from '../sql';
import type { Effect, StateEffectSpec } from './types';

/** stub */
export const stateEffect = <E extends Envelope>(spec: StateEffectSpec<E>): Effect<SqlTx> => {
  throw new Error(`not yet ${spec.effect}`);
};
