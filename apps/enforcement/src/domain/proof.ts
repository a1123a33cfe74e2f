// What an order is proven with, as the ledger keeps it. How statements are written and signatures checked is the adapters'
// part (canonical JSON, keys); here is only what is known of them.

/** A signature by the key of a service. */
export interface KeySignature {
  readonly keyId: string;
  readonly algorithm: string;
  readonly value: Uint8Array;
}

/** Enforcement's signature over a statement about the order, with the statement's own text. */
export interface Seal extends KeySignature {
  readonly statement: string;
}

/** Why a receipt of a row was not accepted. */
export interface Dispute {
  readonly reason: string;
  /** Chinese. */
  readonly detail: string;
  readonly at: Date;
}
