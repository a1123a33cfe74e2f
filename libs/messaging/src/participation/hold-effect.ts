import type { Envelope } from '@hengji/contracts';
import type { SqlTx } from '../sql';
import type { Effect, HoldEffectSpec } from './types';

/** stub */
export const holdEffect = <E extends Envelope>(spec: HoldEffectSpec<E>): Effect<SqlTx> => {
  throw new Error(`not yet ${spec.effect}`);
};
