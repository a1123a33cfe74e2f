// AsyncAPI 3 of every topic. The document is generated from proto/ and the topic table, so it always agrees with the code.
import { TOLD_EVENTS } from '@hengji/contracts';
import type { Definition } from './descriptors';

type Json = { [key: string]: unknown };

/** A topic as the table of libs/contracts defines it. */
export interface TopicRow {
  readonly name: string;
  readonly owner: string;
  /** Full name of its envelope, e.g. `.hengji.exam.v1.ExamEvent`. */
  readonly envelope: string;
}

const SCALARS: Readonly<Record<string, Json>> = {
  TYPE_STRING: { type: 'string' },
  TYPE_BOOL: { type: 'boolean' },
  TYPE_BYTES: { type: 'string', contentEncoding: 'base64' },
  TYPE_INT32: { type: 'integer', format: 'int32' },
  TYPE_UINT32: { type: 'integer', format: 'uint32', minimum: 0 },
  TYPE_INT64: { type: 'string', format: 'int64' },
  TYPE_UINT64: { type: 'string', format: 'uint64' },
};

const short = (fullName: string): string => fullName.slice(fullName.lastIndexOf('.') + 1);
const schemaKey = (fullName: string): string => fullName.replace(/^\.hengji\./, '').replaceAll('.', '_');

const fieldSchema = (field: { type: string; label: string; typeName?: string }): Json => {
  const one =
    field.typeName === '.google.protobuf.Timestamp'
      ? { type: 'string', format: 'date-time' }
      : field.typeName !== undefined
        ? { $ref: `#/components/schemas/${schemaKey(field.typeName)}` }
        : (SCALARS[field.type] ?? {});
  return field.label === 'LABEL_REPEATED' ? { type: 'array', items: one } : one;
};

const schemaOf = (definition: Definition): Json =>
  definition.kind === 'enum'
    ? { type: 'string', description: definition.comment, enum: definition.values }
    : {
        type: 'object',
        description: definition.comment,
        properties: Object.fromEntries(definition.fields.map((field) => [field.jsonName, fieldSchema(field)])),
      };

const HEADERS: Json = {
  type: 'object',
  description: 'CloudEvents 1.0, Kafka binding',
  properties: Object.fromEntries(
    ['ce_id', 'ce_source', 'ce_type', 'ce_time', 'ce_subject', 'ce_sequence', 'traceparent', 'hengji_order_id', 'hengji_seal'].map(
      (name) => [name, { type: 'string' }],
    ),
  ),
};

const bodiesOf = (definitions: ReadonlyMap<string, Definition>, envelope: string): { name: string; typeName: string }[] => {
  const definition = definitions.get(envelope);
  if (definition?.kind !== 'message') throw new Error(`${envelope} is not a message of proto/`);
  return definition.fields.flatMap((field) =>
    field.oneofIndex === undefined || field.typeName === undefined ? [] : [{ name: field.jsonName, typeName: field.typeName }],
  );
};

/** Whether the event is a fact (and the fields that make it one) or a hint (and the reason). */
const toldText = (topic: string, event: string): string => {
  const row = TOLD_EVENTS.find((one) => one.topic === topic && one.event === event);
  if (!row) throw new Error(`${topic} ${event} is not in the table of facts`);
  const { told } = row;
  if ('hint' in told) return `Hint: ${told.hint}.`;
  return `Fact: ${told.fact.join(', ')}${told.of === undefined ? '' : `; its records were told by ${told.of}`}.`;
};

/** The document; `version` is the version of the package. */
export const asyncApi = (definitions: ReadonlyMap<string, Definition>, topics: readonly TopicRow[], version: string): Json => {
  const channels: Json = {};
  const operations: Json = {};
  for (const topic of topics) {
    const channel = schemaKey(topic.envelope);
    const messages = bodiesOf(definitions, topic.envelope).map(({ name, typeName }) => [
      name,
      {
        name,
        title: short(typeName),
        summary: definitions.get(typeName)?.comment ?? '',
        description: toldText(topic.name, name),
        contentType: 'application/protobuf',
        headers: HEADERS,
        payload: { $ref: `#/components/schemas/${schemaKey(typeName)}` },
      },
    ]);
    channels[channel] = {
      address: topic.name,
      description: `Key: institution code. Written by: ${topic.owner}.`,
      messages: Object.fromEntries(messages),
    };
    operations[`publish_${channel}`] = { action: 'send', channel: { $ref: `#/channels/${channel}` }, summary: `${topic.owner} publishes` };
  }
  return {
    asyncapi: '3.0.0',
    info: { title: 'Hengji 衡技 events', version, description: 'Generated from proto/.', license: { name: 'Apache-2.0' } },
    defaultContentType: 'application/protobuf',
    channels,
    operations,
    components: {
      schemas: Object.fromEntries([...definitions.values()].map((definition) => [schemaKey(definition.name), schemaOf(definition)])),
    },
  };
};
