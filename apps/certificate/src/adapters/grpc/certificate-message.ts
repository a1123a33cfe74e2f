import type { Certificate as CertificateMessage } from '@hengji/contracts/certificate/v1/certificate';
import type { Certificate, StandingCertificate } from '../../domain/certificate';

/** A certificate as a contract message; times as RFC 3339, empty while the certificate is valid. */
export const messageOf = (certificate: StandingCertificate): CertificateMessage => {
  const { voiding, ...rest } = certificate;
  return {
    ...rest,
    voidedAt: voiding?.voidedAt.toISOString() ?? '',
    voidedBy: voiding?.voidedBy ?? '',
    voidDocumentNo: voiding?.voidDocumentNo ?? '',
  };
};

/** A newly issued certificate as a contract message. */
export const freshMessageOf = (certificate: Certificate): CertificateMessage =>
  messageOf({ ...certificate, state: 'ISSUED', uploadState: 'NONE', voiding: undefined });
