// A life cycle is a table: state × action → state. An absent cell is a refusal; it is never ignored.
import { Refusal } from './refusal';

export type Lifecycle<S extends string, A extends string> = Readonly<Record<S, Readonly<Partial<Record<A, S>>>>>;

/** The next state, or a Refusal `<noun>.illegal_move` naming state and action. */
export const advance = <S extends string, A extends string>(noun: string, table: Lifecycle<S, A>, state: S, action: A): S => {
  const next = table[state][action];
  if (next === undefined) {
    throw new Refusal('illegalMove', `${noun}.illegal_move`, `当前状态“${state}”不允许执行“${action}”`);
  }
  return next;
};

/** The actions that a state allows. Every read returns them, so that buttons follow the same table that checks the call. */
export const actionsFrom = <S extends string, A extends string>(table: Lifecycle<S, A>, state: S): A[] => Object.keys(table[state]) as A[];
