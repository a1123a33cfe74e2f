// Certificates (职业技能等级证书): valid or void. A certificate needs a passed, published result that no order holds (N3.7b). Only an order voids
// it (M3), and nothing deletes it: the public answer for a void certificate is "void, since, by which document".
import type { Lifecycle } from '@hengji/domain-kit';
import type { CertificateNumber, NamedPerson } from '@hengji/province';
import { maskName } from '@hengji/province';

export type CertificateState = 'ISSUED' | 'VOIDED';
export type CertificateAction = 'void' | 'reinstate';

/** `void` belongs to an order; `reinstate` to its lifting, when no other order voids the certificate. */
export const CERTIFICATE_LIFECYCLE = {
  ISSUED: { void: 'VOIDED' },
  VOIDED: { reinstate: 'ISSUED' },
} as const satisfies Lifecycle<CertificateState, CertificateAction>;

/** The certificate's state at the ministry's platform: a copy of what exchange published last, not decided here. */
export type UploadState = 'NONE' | 'UPLOADED' | 'WITHDRAWN';

/** The facts of a certificate; all are fixed at issue. */
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

/** A certificate in its present state. */
export interface StandingCertificate extends Certificate {
  readonly state: CertificateState;
  readonly uploadState: UploadState;
  readonly voiding: Voiding | undefined;
}

/** The attributes of a result that the certificate copies. */
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
