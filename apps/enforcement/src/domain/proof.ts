// What an order is proven with, as the ledger keeps it. How statements are written and signatures checked is the adapters'
// part (canonical JSON, keys); here is only what is known of them.

/** A signature by the key of a service. */
export interface KeySignature {
  readonly keyId: string;
  readonly algorithm: string;
  readonly value: Uint8Array;
}

/** A statement's own text, with the signature over it. */
interface SignedStatement extends KeySignature {
  readonly statement: string;
}

/** Enforcement's signature over a statement about the order. */
export type Seal = SignedStatement;

/** What a service has signed of the order beside its receipts: its fence, a count, its side of a cross-check. */
export type Attestation = SignedStatement;

/** Why a receipt of a row was not accepted. */
export interface Dispute {
  readonly reason: string;
  /** Chinese. */
  readonly detail: string;
  readonly at: Date;
}
