// Which records of an institution are asked for.
import { CertificateState } from '@hengji/contracts/certificate/v1/certificate';
import { ID, PAGE, known } from '../fields';

export const RESULT_FILTER = { ...PAGE, sessionId: ID.optional() } as const;
export const CERTIFICATE_FILTER = { ...PAGE, state: known(CertificateState).optional() } as const;
export const RECOVERY_FILTER = { ...PAGE, orderId: ID.optional() } as const;
