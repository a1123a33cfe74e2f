import type { IssuedCertificate } from '@hengji/contracts/certificate/v1/certificate_events';
import type { Certificate } from '../domain/certificate';

/** What the public table and the upload need to know of a new certificate: no name, no personal number. */
export const announced = (certificate: Certificate): IssuedCertificate => ({
  number: certificate.number,
  occupation: certificate.occupation,
  issuedOn: certificate.issuedOn,
  maskedName: certificate.maskedName,
  planId: certificate.planId,
  sessionId: certificate.sessionId,
  level: certificate.level,
  person: certificate.person,
  examDate: certificate.examDate,
});
