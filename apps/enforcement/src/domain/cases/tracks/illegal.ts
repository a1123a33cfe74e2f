// The refusal of a step that is out of turn in a case.
import { Refusal } from '@hengji/domain-kit';

/** `case.illegal_move`, with what is missing in words. */
export const illegal = (message: string): Refusal =>
  new Refusal('illegalMove', 'case.illegal_move', message, { field: 'step', rule: 'rules §7.9' });
