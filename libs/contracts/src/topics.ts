// Topic → envelope and owner. The Kafka key of every topic is the institution code (meta.institution), so that all records about one
// institution stay in order. The generated code contains the messages; this table contains their topics.
import { ApprovalEvent } from './generated/hengji/approval/v1/approval_events';
import { CertificateEvent } from './generated/hengji/certificate/v1/certificate_events';
import { EnforcementEvent } from './generated/hengji/enforcement/v1/enforcement_events';
import { ReportEvent } from './generated/hengji/enforcement/v1/report_events';
import { ExamEvent } from './generated/hengji/exam/v1/exam_events';
import { ExchangeEvent } from './generated/hengji/exchange/v1/exchange_events';
import type { EventMeta } from './generated/hengji/meta/v1/meta';
import { SubsidyEvent } from './generated/hengji/subsidy/v1/subsidy_events';
import type { NamedCodec } from './protobuf-bounds';
import { PARTICIPANTS } from './services.mts';

/** The shape of every envelope: meta and a union inside proto. */
export interface Envelope {
  meta?: EventMeta | undefined;
  body?: { $case: string; value: unknown } | undefined;
}

/** How an envelope is decoded and encoded; ts-proto generates one object of this shape per message. */
export interface EnvelopeCodec<E extends Envelope> extends NamedCodec {
  encode(message: E): { finish(): Uint8Array };
  decode(bytes: Uint8Array): E;
}

/** How the broker keeps a topic. The tool that creates topics sets this; every service that uses a topic checks it at its start. */
export interface TopicSettings {
  /** Never changed in a running system: a change would move keys to other partitions and break their order. */
  readonly partitions: number;
  /** Kafka's own names and values. */
  readonly configs: {
    readonly 'cleanup.policy': 'delete';
    /** Milliseconds; -1 = forever. */
    readonly 'retention.ms': string;
    /** Bytes per partition; -1 = without limit. */
    readonly 'retention.bytes': '-1';
    /** Maximum bytes of a batch; a higher value is allowed, a lower one is not. */
    readonly 'max.message.bytes': string;
    /** The broker decompresses compressed batches and applies the size limit above to them; our own relay sends nothing compressed. */
    readonly 'compression.type': 'uncompressed';
  };
}

/** Who may write a topic: its one owner, or `many` for the report topic. */
export interface Topic<E extends Envelope> {
  readonly name: string;
  readonly owner: string;
  readonly codec: EnvelopeCodec<E>;
  readonly settings: TopicSettings;
}

/** A compressed batch may expand to any size, and a batch that a consumer cannot decompress would stop the consumer. */
export const UNPACKED = { 'compression.type': 'uncompressed' } as const;

/**
 * Consumers rebuild their copies from the beginning. Nothing is deleted, and nothing is compacted, because an event is not the state of its
 * key.
 */
const KEPT_FOR_EVER: TopicSettings = {
  // At most this many consumers of one service can share the work of a topic.
  partitions: 6,
  configs: { 'cleanup.policy': 'delete', 'retention.ms': '-1', 'retention.bytes': '-1', 'max.message.bytes': '1048588', ...UNPACKED },
};

/** A row of the table: name, owner, envelope and settings. */
export const topic = <E extends Envelope>(name: string, owner: string, codec: EnvelopeCodec<E>, settings = KEPT_FOR_EVER): Topic<E> => ({
  name,
  owner,
  codec,
  settings,
});

export const TOPICS = {
  approval: topic<ApprovalEvent>('approval.v1', 'approval', ApprovalEvent),
  exam: topic<ExamEvent>('exam.v1', 'exam', ExamEvent),
  certificate: topic<CertificateEvent>('certificate.v1', 'certificate', CertificateEvent),
  subsidy: topic<SubsidyEvent>('subsidy.v1', 'subsidy', SubsidyEvent),
  exchange: topic<ExchangeEvent>('exchange.v1', 'exchange', ExchangeEvent),
  enforcement: topic<EnforcementEvent>('enforcement.v1', 'enforcement', EnforcementEvent),
  reports: topic<ReportEvent>('enforcement.reports.v1', 'many', ReportEvent),
} as const;

/** The union inside an envelope. */
export type Body<E extends Envelope> = NonNullable<E['body']>;

/**
 * Whether several services write to this topic. If so, record order is kept per writer, and a hold on a key applies to one writer's
 * records.
 */
export const hasManyWriters = (name: string): boolean => Object.values(TOPICS).some((one) => one.name === name && one.owner === 'many');

/** The services whose records of the topic are accepted; records of other writers are not. */
export const writersOf = ({ owner }: Pick<Topic<Envelope>, 'owner'>): readonly string[] => (owner === 'many' ? PARTICIPANTS : [owner]);
