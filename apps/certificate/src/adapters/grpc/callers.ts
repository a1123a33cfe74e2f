// Which service may call which RPC. `import` is the loader of existing records; people call through the gateway.
import type { CertificateServiceDefinition } from '@hengji/contracts/certificate/v1/certificate_service';
import type { CallerTable } from '@hengji/host';

export const CALLERS = {
  issueCertificates: ['gateway'],
  getCertificate: ['gateway'],
  holdsCertificates: ['subsidy', 'exchange'],
  findNumbers: ['enforcement'],
  listCertificates: ['gateway'],
  countCertificates: ['gateway', 'enforcement', 'import'],
  listHolders: ['enforcement'],
  importCertificates: ['import'],
} as const satisfies CallerTable<CertificateServiceDefinition['methods']>;
