// Everything that needs a key: receipts checked against the trust list, decisions sealed and completions certified with
// enforcement's own key.
import { signer, verifier, type Signer } from '@hengji/host';
import { sealReader, type SealConfig, type SealReader } from '@hengji/messaging';
import type { Attestations, Certificates, Contents, Evidence, Receipts } from '../application/proof/ports';
import type { Order } from '../domain/order';
import { attestationCheck } from './clients/attestation-check';
import type { CaseAttachments } from './store/cases/case-attachments';
import { contentsCheck } from './store/cases/contents-check';
import { evidenceCheck } from './evidence-check';
import { receiptCheck } from './receipt-check';
import { sealing } from './seals';
import { proofFile } from './statements';
import { attestationStore } from './store/attestation-store';
import type { Database, Tx } from './store/database';
import type { OrderEventStep } from './store/order-store';
import { certificateStore, keepReceipt } from './store/receipt-store';

/** The options from config.ts. */
interface Options extends SealConfig {
  readonly SIGNING_KEY_FILE: string;
}

export interface Proving {
  /** The key of enforcement. */
  readonly signer: Signer;
  /** Reads the seals of messages from other services. */
  readonly seals: SealReader;
  readonly ports: {
    readonly receipts: Receipts<Tx>;
    readonly attestations: Attestations<Tx>;
    readonly evidence: Evidence<Tx>;
    readonly contents: Contents;
    readonly certificates: Certificates<Tx>;
    readonly proofOf: typeof proofFile;
  };
  readonly seal: (tx: Tx, before: Order, next: Order, at: Date) => Promise<Order>;
  /** Issues a certificate for each completion, in the transaction of the completion. */
  readonly certify: OrderEventStep;
}

export const proving = (o: Options, db: Database, kept: CaseAttachments): Proving => {
  const own = signer({ keyFile: o.SIGNING_KEY_FILE });
  const certificates = certificateStore(db, own);
  const trusted = verifier({ trustFile: o.TRUSTED_KEYS_FILE });
  const receipts = receiptCheck(trusted);
  return {
    signer: own,
    seals: sealReader(o),
    ports: {
      receipts: { ...receipts, keep: keepReceipt },
      attestations: { ...attestationCheck(trusted), ...attestationStore },
      evidence: evidenceCheck(trusted, receipts),
      contents: contentsCheck(db, kept),
      certificates,
      proofOf: proofFile,
    },
    seal: sealing(own),
    certify: async (tx, order, event, at) => {
      // The lifting of a part of a reopened order is completed before the order; the certificate of the order covers both.
      if (event.kind === 'orderCompleted' && order.state !== 'EXECUTING') await certificates.issue(tx, order, at);
    },
  };
};
