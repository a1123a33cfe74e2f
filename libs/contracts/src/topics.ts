// Topic → envelope and owner. The Kafka key of every topic is the institution code (meta.institution), so that all
// about one institution stays in order. The generated code holds the messages; this table holds where they travel.
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

/** What every envelope looks like: meta and a union inside proto. */
export interface Envelope {
  meta?: EventMeta | undefined;
  body?: { $case: string; value: unknown } | undefined;
}

/** How an envelope is read and written; ts-proto generates one object of this shape per message. */
export interface EnvelopeCodec<E extends Envelope> extends NamedCodec {
  encode(message: E): { finish(): Uint8Array };
  decode(bytes: Uint8Array): E;
}

/** How the broker keeps a topic; whoever creates topics sets this, and whoever uses them checks it at its start. */
export interface TopicSettings {
  /** Never changed in a living system: it would move keys and break their order. */
  readonly partitions: number;
  /** Kafka's own names and words. */
  readonly configs: {
    readonly 'cleanup.policy': 'delete';
    /** Milliseconds; -1 = for ever. */
    readonly 'retention.ms': string;
    /** Bytes of a partition; -1 = without limit. */
    readonly 'retention.bytes': '-1';
    /** Of a batch; more is allowed, less is not. */
    readonly 'max.message.bytes': string;
    /** The broker unpacks what is sent compressed and holds it to the bytes above; our own relay sends nothing compressed. */
    readonly 'compression.type': 'uncompressed';
  };
}

/** Who may write a topic: its one owner, or `many` for the reply box. */
export interface Topic<E extends Envelope> {
  readonly name: string;
  readonly owner: string;
  readonly codec: EnvelopeCodec<E>;
  readonly settings: TopicSettings;
}

/** A compressed batch may become any size, and one that a reader cannot unpack would stop it. */
export const UNPACKED = { 'compression.type': 'uncompressed' } as const;

/** Readers rebuild their copies from the beginning: nothing is deleted, and nothing is compacted, for an event is no state of its key. */
const KEPT_FOR_EVER: TopicSettings = {
  // More consumers of one service than this cannot share a topic's work.
  partitions: 6,
  configs: { 'cleanup.policy': 'delete', 'retention.ms': '-1', 'retention.bytes': '-1', 'max.message.bytes': '1048588', ...UNPACKED },
};

/** A row of the table: name, owner, envelope, how it is kept. */
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

/** Whether several services write to the topic of this name: then order is one writer's, and so is a hold. */
export const hasManyWriters = (name: string): boolean => Object.values(TOPICS).some((one) => one.name === name && one.owner === 'many');

/** The services whose records of the topic are read; those of anybody else are not. */
export const writersOf = ({ owner }: Pick<Topic<Envelope>, 'owner'>): readonly string[] => (owner === 'many' ? PARTICIPANTS : [owner]);
