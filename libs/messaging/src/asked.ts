// Who asked this library for a change, and on which message. The composing service receives it in the transaction of the change and stores
// it (libs/procedure: acts).
import type { Actor } from '@hengji/contracts/meta/v1/meta';
import type { SqlTx } from './sql';

export interface Asked<Method extends string = string> {
  readonly method: Method;
  /** The service that called, and the person on whose behalf it called, if any. */
  readonly caller: string;
  readonly actor: Actor | undefined;
  /** `institution`: the key of the messages. */
  readonly on: { readonly id: string; readonly institution: string };
}

/** Stores the request, in `tx`. */
export type KeepAsked<Method extends string = string> = (tx: SqlTx, asked: Asked<Method>) => Promise<void>;
