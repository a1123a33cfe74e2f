import { join } from 'node:path';
import { toJson } from '@hengji/contracts';
import { filled } from './fill';
import { missingOf, readTopics } from './samples';

const topics = readTopics(join(__dirname, '../../..'));
const samples = topics.flatMap(({ topic, samples: released }) => released.map((sample) => ({ topic, sample })));

describe('released samples', () => {
  it('exist for every event; tools/samples adds a missing one', () => {
    expect(topics.flatMap((sampled) => missingOf(sampled).map((event) => `${sampled.topic.name} ${event}`))).toEqual([]);
  });

  it.each(topics.map((sampled) => [sampled.topic.name, sampled] as const))(
    'of %s are its events, one each, numbered without gaps',
    (_name, sampled) => {
      const events = sampled.samples.map(({ event }) => event);
      expect(new Set(events).size).toBe(events.length);
      expect(events.filter((event) => !sampled.envelope.fields.some(({ jsonName }) => jsonName === event))).toEqual([]);
      const sequences = sampled.samples.map(({ base64 }) => sampled.topic.codec.decode(Buffer.from(base64, 'base64')).meta?.sequence);
      expect(sequences).toEqual(events.map((_, i) => BigInt(i + 1)));
    },
  );

  it.each(samples.map(({ topic, sample }) => [`${topic.name} ${sample.event}`, topic, sample] as const))(
    '%s decodes to exactly the stored values, and loses nothing when it is encoded again',
    (_name, topic, { base64, event, values }) => {
      const bytes = Buffer.from(base64, 'base64');
      const decoded = topic.codec.decode(bytes);
      expect(decoded.body?.$case).toBe(event);
      // The values go through JSON, because an unset message is `undefined` in memory and absent in the file. A field that
      // was added since the release is read as its default and is absent from the stored values. The length check below
      // proves that the bytes contain nothing more.
      expect(JSON.parse(JSON.stringify(toJson(decoded)))).toMatchObject(values as object);
      // The bytes may differ: protobuf does not guarantee the order of fields, and our encoder writes the members of a
      // union first.
      const written = topic.codec.encode(decoded).finish();
      expect(written).toHaveLength(bytes.length);
      expect(topic.codec.decode(written)).toEqual(decoded);
    },
  );
});

describe('a newly made sample', () => {
  it('has every field of every event set', () => {
    const events = topics.flatMap(({ envelope }) =>
      envelope.oneofs.flatMap(({ fields }) => fields.flatMap(({ message }) => message ?? [])),
    );
    const unset = events.flatMap((message) => {
      const made = filled(message) as Record<string, unknown>;
      return message.fields
        .filter(({ jsonName }) => [undefined, '', 0, false].includes(made[jsonName] as never))
        .map((field) => `${field}`);
    });
    expect(unset).toEqual([]);
  });
});
