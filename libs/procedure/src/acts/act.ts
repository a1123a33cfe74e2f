// An act (办理行为): one thing that was done, by whom, on which record, on what evidence (N1). Acts of one service form a chain: the hash of each
// covers the hash before it, and from time to time the service's key signs the last one (a checkpoint). Pure, so that the offline
// verifier computes the same hashes: `chainHash` and the two statements are all that the two have in common.
import { digestOf, type JsonValue, type Signature, type Statement } from '@hengji/host';

/** Who acts (行为人): a person with account, role, post, authority and institution, or a service. A service never acts in a person's name. */
export interface Principal {
  readonly kind: 'PERSON' | 'SERVICE';
  /** Of a person the officer id, of a service its name. */
  readonly id: string;
  readonly account: string;
  readonly name: string;
  readonly role: string;
  readonly post: string;
  readonly authority: string;
  readonly institution: string;
}

/** The record that was acted on. `institution` is empty where the record is of none. */
export interface ActedOn {
  readonly kind: string;
  readonly id: string;
  readonly institution: string;
}

/** An act as it is written. Texts are empty where there is nothing to say. */
export interface Act {
  readonly by: Principal;
  /** The RPC, or for what a service does by itself the word for it. */
  readonly what: string;
  readonly on: ActedOn;
  /** Ids of attachments, documents and the like that it rests on; of a look at many records, their ids. */
  readonly evidence: readonly string[];
  readonly orderId: string;
  readonly caseId: string;
  /** Of a look at full personal data: what for. */
  readonly purpose: string;
  readonly requestId: string;
}

/** An act with its place in the chain. */
export interface ChainedAct extends Act {
  readonly position: bigint;
  readonly at: Date;
  /** SHA-256 in hex: of the act before, and of this one. */
  readonly previous: string;
  readonly hash: string;
}

/** What stands before the first act of a chain. */
export const NOTHING_BEFORE = '0'.repeat(64);

/** A checkpoint (检查点): up to which act, with which hash, the chain stood at that time. */
export interface Checkpoint {
  /** From 1, without gaps. */
  readonly number: bigint;
  readonly position: bigint;
  readonly hash: string;
  readonly at: Date;
}

export interface SignedCheckpoint extends Checkpoint {
  readonly signature: Signature;
}

/** The act as a JSON value: what its hash is of. */
export const actStatement = ({ hash: _, position, at, by, on, ...act }: ChainedAct): { readonly [name: string]: JsonValue } => ({
  type: 'hengji.act.v1',
  ...act,
  by: { ...by },
  on: { ...on },
  evidence: [...act.evidence],
  position: String(position),
  at: at.toISOString(),
});

/** The hash of the act at its place. */
export const chainHash = (act: Omit<ChainedAct, 'hash'>): string => digestOf(actStatement({ ...act, hash: '' }));

/** What the service's key signs. */
export const checkpointStatement = (service: string, { number, position, hash, at }: Checkpoint): Statement => ({
  type: 'hengji.acts.checkpoint.v1',
  service,
  number: String(number),
  position: String(position),
  hash,
  at: at.toISOString(),
});
