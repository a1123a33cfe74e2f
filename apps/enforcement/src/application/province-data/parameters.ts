// Parameters (参数) as a kind of the province's data.
import {
  decideConfirm,
  decidePropose,
  type ParameterClaim,
  type ParameterKey,
  type ParameterVersion,
} from '../../domain/province-data/parameter';
import type { ChangeStore, DataKind } from './change-data';

/** Its `lock` takes the turn of the code and gives every version of it. */
export type ParameterStore<Tx> = ChangeStore<Tx, ParameterKey, ParameterVersion>;

export const PARAMETERS: DataKind<ParameterKey, ParameterClaim, ParameterVersion> = {
  idOf: ({ code, jurisdiction }) => `${code}/${jurisdiction}`,
  propose: decidePropose,
  confirm: decideConfirm,
};
