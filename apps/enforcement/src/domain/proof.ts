// The evidence for an order, as the ledger stores it. The adapters write statements and check signatures (canonical JSON,
// keys); this file has only the types.

/** A signature by the key of a service. */
export interface KeySignature {
  readonly keyId: string;
  readonly algorithm: string;
  readonly value: Uint8Array;
}

/** The text of a statement, with the signature over that text. */
interface SignedStatement extends KeySignature {
  readonly statement: string;
}

/** Enforcement's signature over a statement about the order. */
export type Seal = SignedStatement;

/** A statement that a service signs about the order beside its receipts: its fence, a count, its part of a cross-check. */
export type Attestation = SignedStatement;

/** Why a receipt of a row was not accepted. */
export interface Dispute {
  readonly reason: string;
  /** Chinese. */
  readonly detail: string;
  readonly at: Date;
}
