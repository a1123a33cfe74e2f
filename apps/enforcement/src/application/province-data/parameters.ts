// Parameters (参数) as a kind of the province's data.
import {
  decideConfirm,
  decidePropose,
  type ParameterClaim,
  type ParameterKey,
  type ParameterVersion,
} from '../../domain/province-data/parameter';
import type { ChangeStore, DataKind } from './change-data';

/** `lock` takes the lock of the code and returns all its versions. */
export type ParameterStore<Tx> = ChangeStore<Tx, ParameterKey, ParameterVersion>;

export const PARAMETERS: DataKind<ParameterKey, ParameterClaim, ParameterVersion> = {
  idOf: ({ code, jurisdiction }) => `${code}/${jurisdiction}`,
  propose: decidePropose,
  confirm: decideConfirm,
};
