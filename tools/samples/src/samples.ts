// Released samples: one encoded event of every kind, stored in libs/contracts/samples with its values. Brokers in use hold
// such events, so a released sample is never overwritten; only missing samples are added.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFileRegistry, fromBinary, fromJson, toBinary, type DescMessage, type FileRegistry } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { TOPICS, toJson, type Envelope, type Topic } from '@hengji/contracts';
import { filled } from './fill';
import { INSTANT, INSTITUTION } from './values';

export interface Sample {
  /** Member of the envelope's union, e.g. `planPublished`. */
  readonly event: string;
  /** The whole envelope as `toJson` gives it. */
  readonly values: unknown;
  readonly base64: string;
}

/** A topic, its envelope in proto/, and its released samples. */
export interface SampledTopic {
  readonly topic: Topic<Envelope>;
  readonly envelope: DescMessage;
  readonly file: string;
  readonly samples: readonly Sample[];
}

const registryOf = (root: string): FileRegistry => {
  const image = execFileSync(join(root, 'node_modules/.bin/buf'), ['build', '-o', '-'], { cwd: root, maxBuffer: 1 << 26 });
  return createFileRegistry(fromBinary(FileDescriptorSetSchema, image));
};

const ENVELOPES = {
  approval: 'hengji.approval.v1.ApprovalEvent',
  exam: 'hengji.exam.v1.ExamEvent',
  certificate: 'hengji.certificate.v1.CertificateEvent',
  subsidy: 'hengji.subsidy.v1.SubsidyEvent',
  exchange: 'hengji.exchange.v1.ExchangeEvent',
  enforcement: 'hengji.enforcement.v1.EnforcementEvent',
  reports: 'hengji.enforcement.v1.ReportEvent',
} as const satisfies Record<keyof typeof TOPICS, string>;

/** Every topic with its released samples. */
export const readTopics = (root: string): SampledTopic[] => {
  const registry = registryOf(root);
  return (Object.keys(ENVELOPES) as (keyof typeof TOPICS)[]).map((key) => {
    const envelope = registry.getMessage(ENVELOPES[key]);
    if (!envelope) throw new Error(`no message ${ENVELOPES[key]} in proto/`);
    const topic = TOPICS[key] as Topic<Envelope>;
    const file = join(root, 'libs/contracts/samples', `${topic.name}.json`);
    return { topic, envelope, file, samples: existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Sample[]) : [] };
  });
};

const eventsOf = ({ envelope }: SampledTopic): string[] => envelope.oneofs.flatMap(({ fields }) => fields.map(({ jsonName }) => jsonName));

/** Events of the topic that have no sample yet. */
export const missingOf = (sampled: SampledTopic): string[] =>
  eventsOf(sampled).filter((event) => sampled.samples.every((sample) => sample.event !== event));

/** A UUID that is the same on every machine. */
const eventIdOf = (topic: string, event: string): string => {
  const hex = createHash('sha256').update(`${topic} ${event}`).digest('hex');
  return `01900000-0000-7000-8000-${hex.slice(0, 12)}`;
};

/** The sample of an event: encoded by protobuf's own runtime, with the values as our generated code decodes them. */
const sampleOf = ({ topic, envelope }: SampledTopic, event: string, sequence: number): Sample => {
  const body = envelope.fields.find(({ jsonName }) => jsonName === event);
  if (!body?.message) throw new Error(`${envelope.typeName} has no event ${event}`);
  const meta = { eventId: eventIdOf(topic.name, event), occurredAt: INSTANT, institution: INSTITUTION, sequence, orderId: 'order-1' };
  const bytes = toBinary(envelope, fromJson(envelope, { meta, [event]: filled(body.message) }));
  return { event, values: toJson(topic.codec.decode(bytes)), base64: Buffer.from(bytes).toString('base64') };
};

/** Adds the missing samples to the topic's file and leaves the existing ones unchanged. Returns the added samples. */
export const addMissing = (sampled: SampledTopic): string[] => {
  const missing = missingOf(sampled);
  if (missing.length === 0) return [];
  const added = missing.map((event, i) => sampleOf(sampled, event, sampled.samples.length + i + 1));
  writeFileSync(sampled.file, `${JSON.stringify([...sampled.samples, ...added], null, 2)}\n`);
  return missing;
};
