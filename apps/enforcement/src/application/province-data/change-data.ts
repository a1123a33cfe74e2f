// Changes of the province's data: one person proposes, another confirms, each in one transaction. All kinds of data use this
// code.
import type { Doing } from '@hengji/procedure';
import type { Administrator, Change, Doer } from '../../domain/province-data/change';
import type { Request, Transactions } from '../ports';

/** `Key` identifies a series of versions. */
export interface ChangeStore<Tx, Key, C extends Change> {
  /** Takes the lock of the key; returns every version that the decision reads. */
  lock(tx: Tx, key: Key): Promise<C[]>;
  insert(tx: Tx, change: C): Promise<void>;
  confirm(tx: Tx, change: C): Promise<void>;
  /** Every version of all keys. */
  all(): Promise<C[]>;
}

/** The decisions on this kind of data, and how an act names a version. */
export interface DataKind<Key, Claim extends Key, C extends Change> {
  readonly idOf: (key: Key) => string;
  readonly propose: (claim: Claim, earlier: readonly C[], doer: Doer) => C;
  readonly confirm: (key: Key, all: readonly C[], doing: Doer & { readonly version: number }) => C;
}

interface Deps<Tx, Key, Claim extends Key, C extends Change> {
  readonly store: ChangeStore<Tx, Key, C>;
  readonly kind: DataKind<Key, Claim, C>;
  readonly transactions: Transactions<Tx>;
  readonly now: () => Date;
}

interface Propose<Claim> {
  readonly request: Request;
  readonly by: Administrator;
  readonly claim: Claim;
}

interface Confirm<Key> {
  readonly asked: Doing;
  readonly by: Administrator;
  readonly key: Key;
  readonly version: number;
}

/** The proposed version. */
export const proposeChange =
  <Tx, Key, Claim extends Key, C extends Change>({ store, kind, transactions, now }: Deps<Tx, Key, Claim, C>) =>
  async ({ request, by, claim }: Propose<Claim>): Promise<number> => {
    const id = await transactions.once(request, async (tx) => {
      const change = kind.propose(claim, await store.lock(tx, claim), { by, at: now() });
      await store.insert(tx, change);
      return `${kind.idOf(claim)}/${change.version}`;
    });
    return Number(id.slice(id.lastIndexOf('/') + 1));
  };

export const confirmChange =
  <Tx, Key, Claim extends Key, C extends Change>({ store, kind, transactions, now }: Deps<Tx, Key, Claim, C>) =>
  async ({ asked, by, key, version }: Confirm<Key>): Promise<void> => {
    await transactions.recorded(asked, async (tx) => {
      await store.confirm(tx, kind.confirm(key, await store.lock(tx, key), { version, by, at: now() }));
      return `${kind.idOf(key)}/${version}`;
    });
  };
