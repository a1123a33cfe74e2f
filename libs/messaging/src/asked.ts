// Who asked this lib to change something, and on what: handed to whoever composes the service, which keeps it (libs/procedure: acts). It
// is told in the transaction of what was done.
import type { Actor } from '@hengji/contracts/meta/v1/meta';
import type { SqlTx } from './sql';

export interface Asked<Method extends string = string> {
  readonly method: Method;
  /** The service that called, and the person for whom it did, if any. */
  readonly caller: string;
  readonly actor: Actor | undefined;
  /** `institution`: the key of the messages. */
  readonly on: { readonly id: string; readonly institution: string };
}

/** Keeps it, in `tx`. */
export type KeepAsked<Method extends string = string> = (tx: SqlTx, asked: Asked<Method>) => Promise<void>;
