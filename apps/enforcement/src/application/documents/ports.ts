// What making and keeping documents needs of the world.
import type { Service } from '../../domain/cases/case';
import type { Block } from '@hengji/documents';
import type { Mentioned } from '../../domain/documents/templates';

export interface KeySignature {
  readonly keyId: string;
  readonly algorithm: string;
  readonly value: Uint8Array;
}

export interface StoredService extends Service {
  readonly servedAt: Date;
  readonly receiptDocumentId: string;
}

export interface StoredDocument extends Mentioned {
  readonly id: string;
  readonly version: number;
  readonly caseId: string;
  /** Empty where it is about no order. */
  readonly orderId: string;
  /** Which of its kind: a lifting's number, the document that was served; empty otherwise. */
  readonly about: string;
  readonly institution: string;
  readonly authority: string;
  readonly sha256: Uint8Array;
  readonly signature: KeySignature;
  readonly issuedBy: string;
  readonly issuedAt: Date;
  readonly service: StoredService | null;
}

export interface DocumentStore<Tx> {
  insert(tx: Tx, document: StoredDocument & { readonly pdf: Uint8Array }): Promise<void>;
  /** How many there are of the kind about the same. */
  countAlike(tx: Tx, key: Pick<StoredDocument, 'caseId' | 'orderId' | 'kind' | 'about'>): Promise<number>;
  /** Refuses `document.unknown`. */
  get(tx: Tx, id: string): Promise<StoredDocument>;
  /** Oldest first. */
  ofCase(tx: Tx, caseId: string): Promise<StoredDocument[]>;
  recordService(tx: Tx, id: string, service: StoredService & { readonly by: string; readonly recordedAt: Date }): Promise<void>;
  /** Takes the turn of the case's institution. */
  lock(tx: Tx, caseId: string): Promise<void>;
  pdf(id: string): Promise<Uint8Array>;
}

/** Paper and key. */
export interface Press {
  print(blocks: readonly Block[], about: { title: string; author: string; at: Date }): Promise<{ pdf: Uint8Array; sha256: Uint8Array }>;
  sign(document: Omit<StoredDocument, 'signature' | 'service'>): KeySignature;
}
