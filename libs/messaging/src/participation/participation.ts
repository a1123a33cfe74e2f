import type { SqlTx } from '../sql';
import type { Participation, ParticipationOptions } from './types';

/** stub */
export const participation = <Tx extends SqlTx>(options: ParticipationOptions<Tx>): Participation<Tx> => {
  throw new Error(`not yet ${options.service}`);
};
