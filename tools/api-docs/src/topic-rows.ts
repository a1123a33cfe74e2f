// The topic table with the name of each envelope. Its type requires every topic, so a new topic without a row does not
// compile.
import { TOPICS } from '@hengji/contracts';
import type { TopicRow } from './asyncapi';

const ENVELOPES = {
  approval: '.hengji.approval.v1.ApprovalEvent',
  exam: '.hengji.exam.v1.ExamEvent',
  certificate: '.hengji.certificate.v1.CertificateEvent',
  subsidy: '.hengji.subsidy.v1.SubsidyEvent',
  exchange: '.hengji.exchange.v1.ExchangeEvent',
  enforcement: '.hengji.enforcement.v1.EnforcementEvent',
  reports: '.hengji.enforcement.v1.ReportEvent',
} as const satisfies Record<keyof typeof TOPICS, string>;

export const TOPIC_ROWS: readonly TopicRow[] = (Object.keys(ENVELOPES) as (keyof typeof TOPICS)[]).map((key) => ({
  name: TOPICS[key].name,
  owner: TOPICS[key].owner,
  envelope: ENVELOPES[key],
}));
