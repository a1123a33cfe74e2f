// Handles events about certificates: new certificates wait for upload, void certificates no longer wait. Imported certificates are skipped;
// ImportUploads adds those that the platform already has.
import { TOPICS } from '@hengji/contracts';
import type { CertificateEvent, CertificatesIssued } from '@hengji/contracts/certificate/v1/certificate_events';
import { subscribe, type MessageContext } from '@hengji/messaging';
import { ownActOn } from '@hengji/procedure';
import type { Tx } from '../store/database';
import { insertWaiting, markVoided } from '../store/uploads';

type Numbers = { readonly numbers: readonly string[] };

const own = (what: string) => ({ service: 'exchange', what, kind: 'upload' });

const mark = (voided: boolean) =>
  ownActOn(own(voided ? 'MarkVoided' : 'MarkReinstated'), ({ numbers }: Numbers, { tx }: MessageContext<Tx>) =>
    markVoided(tx, numbers, voided),
  );

const wait = ownActOn(own('AwaitUpload'), ({ certificates }: CertificatesIssued, { tx, meta: { institution } }: MessageContext<Tx>) =>
  insertWaiting(
    tx,
    certificates.map(({ number, planId, sessionId, occupation, level, person, examDate }) => ({
      number,
      institution,
      planId,
      sessionId,
      occupation,
      level,
      person,
      examDate,
    })),
  ),
);

export const onCertificate = subscribe<CertificateEvent, Tx>(TOPICS.certificate, {
  certificatesIssued: wait,
  certificatesImported: 'ignored',
  certificatesVoided: mark(true),
  certificatesReinstated: mark(false),
  issuingHeld: 'ignored',
  issuingReleased: 'ignored',
});
