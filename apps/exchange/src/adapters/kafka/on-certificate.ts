// What exchange does about certificates: new ones wait to be uploaded, void ones wait no longer. Imported ones stand at
// the platform already; ImportUploads tells which.
import { TOPICS } from '@hengji/contracts';
import type { CertificateEvent } from '@hengji/contracts/certificate/v1/certificate_events';
import { subscribe } from '@hengji/messaging';
import type { Tx } from '../store/database';
import { insertWaiting, markVoided } from '../store/uploads';

export const onCertificate = subscribe<CertificateEvent, Tx>(TOPICS.certificate, {
  certificatesIssued: ({ certificates }, { tx, meta: { institution } }) =>
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
  certificatesImported: 'ignored',
  certificatesVoided: ({ numbers }, { tx }) => markVoided(tx, numbers, true),
  certificatesReinstated: ({ numbers }, { tx }) => markVoided(tx, numbers, false),
  issuingHeld: 'ignored',
  issuingReleased: 'ignored',
});
