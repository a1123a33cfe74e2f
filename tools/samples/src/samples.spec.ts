import { join } from 'node:path';
import { toJson } from '@hengji/contracts';
import { filled } from './fill';
import { missingOf, readTopics } from './samples';

const topics = readTopics(join(__dirname, '../../..'));
const samples = topics.flatMap(({ topic, samples: released }) => released.map((sample) => ({ topic, sample })));

describe('released samples', () => {
  it('are there for every event; tools/samples adds one', () => {
    expect(topics.flatMap((sampled) => missingOf(sampled).map((event) => `${sampled.topic.name} ${event}`))).toEqual([]);
  });

  it.each(topics.map((sampled) => [sampled.topic.name, sampled] as const))(
    'of %s are events of it, one each, numbered without gaps',
    (_name, sampled) => {
      const events = sampled.samples.map(({ event }) => event);
      expect(new Set(events).size).toBe(events.length);
      expect(events.filter((event) => !sampled.envelope.fields.some(({ jsonName }) => jsonName === event))).toEqual([]);
      const sequences = sampled.samples.map(({ base64 }) => sampled.topic.codec.decode(Buffer.from(base64, 'base64')).meta?.sequence);
      expect(sequences).toEqual(events.map((_, i) => BigInt(i + 1)));
    },
  );

  it.each(samples.map(({ topic, sample }) => [`${topic.name} ${sample.event}`, topic, sample] as const))(
    '%s is read to exactly the values beside it, and loses nothing when written again',
    (_name, topic, { base64, event, values }) => {
      const bytes = Buffer.from(base64, 'base64');
      const decoded = topic.codec.decode(bytes);
      expect(decoded.body?.$case).toBe(event);
      // Through JSON, because an unset message is `undefined` there and absent in the file. A field that was added since the
      // release is read as its default and is not beside it; the length below sees to it that nothing more is in the bytes.
      expect(JSON.parse(JSON.stringify(toJson(decoded)))).toMatchObject(values as object);
      // Not the same bytes: protobuf promises no order of fields, and a union's members come first here.
      const written = topic.codec.encode(decoded).finish();
      expect(written).toHaveLength(bytes.length);
      expect(topic.codec.decode(written)).toEqual(decoded);
    },
  );
});

describe('a sample that is made now', () => {
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
