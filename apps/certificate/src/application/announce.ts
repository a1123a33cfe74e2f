import type { IssuedCertificate } from '@hengji/contracts/certificate/v1/certificate_events';
import type { Certificate } from '../domain/certificate';

/** The published facts of a new certificate, for the public table, the upload and the checks: no name, no ID number. */
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
  resultId: certificate.resultId,
});
