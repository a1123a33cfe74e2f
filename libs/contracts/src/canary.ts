// The canary (探针证书): certificates that do not exist and are always void, one for each partition. The certificate service voids them again
// every few seconds, through its outbox and a topic of their own. Public verification answers for them from memory. A monitor outside sees
// from `voidSince` that events arrive over the whole path. The institution codes are reserved (`checkNotReserved` of libs/province):
// approval never assigns them.
import { CertificateEvent } from './generated/hengji/certificate/v1/certificate_events';
import { topic, UNPACKED, type TopicSettings } from './topics';

const KEPT_FOR_AN_HOUR: TopicSettings = {
  partitions: 6,
  configs: { 'cleanup.policy': 'delete', 'retention.ms': '3600000', 'retention.bytes': '-1', 'max.message.bytes': '1048588', ...UNPACKED },
};

/** Separate from the topics of facts, which are kept forever: nobody rebuilds a state from this topic. */
export const CANARY_TOPIC = topic<CertificateEvent>('canary.v1', 'certificate', CertificateEvent, KEPT_FOR_AN_HOUR);

/** In the order of the partitions that Kafka's hash of keys gives them: 0 to 5. */
export const CANARY_INSTITUTIONS = [
  'S999921990001',
  'S999921990006',
  'S999921990003',
  'S999921990007',
  'S999921990004',
  'S999921990002',
] as const;

/** The certificate of a canary institution. */
export const canaryNumber = (institution: string): string => `${institution}261000001`;

/** Interval in ms at which each certificate is voided again; a canary older than three intervals has failed. */
export const CANARY_EVERY_MS = 10_000;
