// Answer shape of the numbers of records of an institution.
import { CountCertificatesResponse } from '@hengji/contracts/certificate/v1/certificate_service';
import { CountRecordsResponse } from '@hengji/contracts/exam/v1/exam_service';
import { CountUploadsResponse } from '@hengji/contracts/exchange/v1/exchange_service';
import { CountPaymentsResponse } from '@hengji/contracts/subsidy/v1/subsidy_service';
import { z } from 'zod';
import { jsonOf, shapeOf } from '../answers';

/** Number of records of an institution per service; `missing` names the services that do not answer now and whose figures are left out. */
export const COUNTS = shapeOf(
  'Counts',
  z.object({
    exam: jsonOf(CountRecordsResponse).optional(),
    certificate: jsonOf(CountCertificatesResponse).optional(),
    subsidy: jsonOf(CountPaymentsResponse).optional(),
    exchange: jsonOf(CountUploadsResponse).optional(),
    missing: z.array(z.enum(['exam', 'certificate', 'subsidy', 'exchange'])),
  }),
);
