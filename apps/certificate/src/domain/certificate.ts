// Certificates (职业技能等级证书): valid or void. A certificate comes only from a passed, published result that no order holds (N3.7b); only an order voids it
// (M3), and nothing deletes it: the public answer for a void one is "void, since, by which document".
import type { Lifecycle } from '@hengji/domain-kit';
import type { CertificateNumber, NamedPerson } from '@hengji/province';
import { maskName } from '@hengji/province';

export type CertificateState = 'ISSUED' | 'VOIDED';
export type CertificateAction = 'void' | 'reinstate';

/** `void` is an order's; `reinstate` is its lifting, when no other order voids the certificate. */
export const CERTIFICATE_LIFECYCLE = {
  ISSUED: { void: 'VOIDED' },
  VOIDED: { reinstate: 'ISSUED' },
} as const satisfies Lifecycle<CertificateState, CertificateAction>;

/** What the ministry's platform has of it: a copy of what exchange told last, not decided here. */
export type UploadState = 'NONE' | 'UPLOADED' | 'WITHDRAWN';

/** What a certificate states; all of it is fixed at issue. */
export interface Certificate {
  readonly number: CertificateNumber;
  readonly resultId: string;
  readonly institution: string;
  readonly planId: string;
  readonly sessionId: string;
  readonly occupation: string;
  readonly level: string;
  readonly person: string;
  /** YYYY-MM-DD */
  readonly examDate: string;
  readonly issuedOn: string;
  readonly maskedName: string;
}

/** Why and since when a certificate is void. */
export interface Voiding {
  readonly voidedAt: Date;
  readonly voidedBy: string;
  readonly voidDocumentNo: string;
}

/** A certificate as it stands now. */
export interface StandingCertificate extends Certificate {
  readonly state: CertificateState;
  readonly uploadState: UploadState;
  readonly voiding: Voiding | undefined;
}

/** What of a result goes onto the certificate. */
export type Evaluated = Omit<Certificate, 'number' | 'issuedOn' | 'maskedName'>;

export const certify = (result: Evaluated, holder: NamedPerson, number: CertificateNumber, issuedOn: string): Certificate => ({
  number,
  resultId: result.resultId,
  institution: result.institution,
  planId: result.planId,
  sessionId: result.sessionId,
  occupation: result.occupation,
  level: result.level,
  person: result.person,
  examDate: result.examDate,
  issuedOn,
  maskedName: maskName(holder.name),
});
