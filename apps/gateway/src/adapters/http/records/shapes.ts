// Which records of an institution are asked for.
import { CountCertificatesResponse } from '@hengji/contracts/certificate/v1/certificate_service';
import { CountRecordsResponse } from '@hengji/contracts/exam/v1/exam_service';
import { CountUploadsResponse } from '@hengji/contracts/exchange/v1/exchange_service';
import { CountPaymentsResponse } from '@hengji/contracts/subsidy/v1/subsidy_service';
import { z } from 'zod';
import { jsonOf, shapeOf } from '../answers';
import { CertificateState } from '@hengji/contracts/certificate/v1/certificate';
import { ID, PAGE, known } from '../fields';

export const RESULT_FILTER = { ...PAGE, sessionId: ID.optional() } as const;
export const CERTIFICATE_FILTER = { ...PAGE, state: known(CertificateState).optional() } as const;
export const RECOVERY_FILTER = { ...PAGE, orderId: ID.optional() } as const;

/** How many records each service holds of an institution. */
export const COUNTS = shapeOf(
  'Counts',
  z.object({
    exam: jsonOf(CountRecordsResponse),
    certificate: jsonOf(CountCertificatesResponse),
    subsidy: jsonOf(CountPaymentsResponse),
    exchange: jsonOf(CountUploadsResponse),
  }),
);
