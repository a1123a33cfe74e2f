// Who may call what. `import` is the loader of existing records; people come through the gateway.
import type { CertificateServiceDefinition } from '@hengji/contracts/certificate/v1/certificate_service';
import type { ParkingServiceDefinition } from '@hengji/contracts/messaging/v1/parking_service';
import type { CallerTable } from '@hengji/host';

export const CALLERS = {
  issueCertificates: ['gateway'],
  getCertificate: ['gateway'],
  holdsCertificates: ['subsidy', 'exchange'],
  listCertificates: ['gateway'],
  countCertificates: ['gateway', 'enforcement', 'import'],
  importCertificates: ['import'],
} as const satisfies CallerTable<CertificateServiceDefinition['methods']>;

export const PARKING_CALLERS = {
  listParked: ['gateway'],
  getParked: ['gateway'],
  replayParked: ['gateway'],
  proposeDiscard: ['gateway'],
  confirmDiscard: ['gateway'],
  listParkedGroups: ['gateway'],
  proposeGroupDiscard: ['gateway'],
  confirmGroupDiscard: ['gateway'],
  listDiscarded: ['gateway'],
  listGaps: ['gateway'],
} as const satisfies CallerTable<ParkingServiceDefinition['methods']>;
