export type { Branded, CertificateNumber, Day, InstitutionCode, Person } from './branded';
export { dayOf, minutesAfter } from './clock';
export {
  certificateNumber,
  idCheckCharacter,
  isCertificateNumber,
  isDay,
  isIdNumber,
  checkNotReserved,
  isInstitutionCode,
  isUscc,
  parseCertificateNumber,
  usccCheckCharacter,
} from './codes';
export type { CertificateNumberParts } from './codes';
export { actionsFrom, advance } from './lifecycle';
export type { Lifecycle } from './lifecycle';
export { EMPTY_FRONTIER, appendHashes, appendLeaves, auditPaths, leafHash, merkleRoot, rootFromPath, siblingsOf } from './merkle';
export type { Frontier, Hash } from './merkle';
export { maskName, namedPerson } from './people';
export type { NamedPerson } from './people';
export { REFUSAL_STATUS, Refusal } from './refusal';
export type { RefusalDetail, RefusalKind } from './refusal';
