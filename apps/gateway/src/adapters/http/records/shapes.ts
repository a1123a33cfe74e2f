// Answer shapes of the numbers of records of an institution, and of one recovery.
import { CountCertificatesResponse } from '@hengji/contracts/certificate/v1/certificate_service';
import { CountRecordsResponse } from '@hengji/contracts/exam/v1/exam_service';
import { CountUploadsResponse } from '@hengji/contracts/exchange/v1/exchange_service';
import { ListOrderNumbersResponse_NamedOrder as NamedOrder } from '@hengji/contracts/enforcement/v1/enforcement_service';
import { InstitutionPlace } from '@hengji/contracts/meta/v1/list';
import { Payment, Recovery, RecoveryDemand } from '@hengji/contracts/subsidy/v1/subsidy';
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

/** The id of the order that opened it, and the id of the payment. */
export const RECOVERY_PARAM = { id: z.string().regex(/^[\w.:-]{1,200}$/, '应为1至200位标识') } as const;

/** One recovery (追缴单): its payment, the orders that demand it, and their document numbers as far as they can be read now. */
export const RECOVERY_FILE = shapeOf(
  'RecoveryFile',
  z.object({
    recovery: jsonOf(Recovery),
    payment: jsonOf(Payment),
    demands: z.array(jsonOf(RecoveryDemand)),
    openedBy: z.string(),
    institution: jsonOf(InstitutionPlace).optional(),
    orders: z.array(jsonOf(NamedOrder)),
  }),
);
