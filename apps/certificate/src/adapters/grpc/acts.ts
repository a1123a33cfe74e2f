// Which RPC writes which act, and on which kind of record. See docs/ACTS.md.
import type { CertificateServiceDefinition } from '@hengji/contracts/certificate/v1/certificate_service';
import { actsOf, type ActTable } from '@hengji/procedure';

export const ACTS = {
  issueCertificates: { on: 'certificate' },
  getCertificate: 'reads',
  holdsCertificates: 'reads',
  findNumbers: 'reads',
  listCertificates: 'reads',
  countCertificates: 'reads',
  listHolders: 'reads',
  importCertificates: { on: 'certificate' },
} as const satisfies ActTable<CertificateServiceDefinition['methods']>;

export const { doing, doingOnce } = actsOf(ACTS);
