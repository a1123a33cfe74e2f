// exam consumes certificate.v1 only for the number of the certificate issued on each result, so that an order that names certificates finds
// their results.
import { TOPICS } from '@hengji/contracts';
import type { CertificateEvent, IssuedCertificate } from '@hengji/contracts/certificate/v1/certificate_events';
import { type MessageContext, subscribe } from '@hengji/messaging';
import { ownActOn } from '@hengji/procedure';
import type { Tx } from '../store/database';
import { noteCertificates } from '../store/result-store';

const note = ownActOn(
  { service: 'exam', what: 'NoteCertificates', kind: 'result' },
  ({ certificates }: { certificates: readonly IssuedCertificate[] }, { tx }: MessageContext<Tx>) => noteCertificates(tx, certificates),
);

export const onCertificate = subscribe<CertificateEvent, Tx>(TOPICS.certificate, {
  certificatesIssued: note,
  certificatesImported: note,
  certificatesVoided: 'ignored',
  certificatesReinstated: 'ignored',
  issuingHeld: 'ignored',
  issuingReleased: 'ignored',
});
