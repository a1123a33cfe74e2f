// Compares the table of facts with proto/ and docs/MESSAGING.md: every event has its row, and the row lists exactly what
// the event carries.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DescMessage } from '@bufbuild/protobuf';
import { TOLD_EVENTS } from '@hengji/contracts';
import { readTopics } from './samples';

const root = join(__dirname, '../../..');
const messages = new Map<string, DescMessage>(
  readTopics(root).flatMap(({ topic, envelope }) =>
    envelope.oneofs.flatMap(({ fields }) =>
      fields.flatMap(({ jsonName, message }) => (message ? [[`${topic.name} ${jsonName}`, message] as const] : [])),
    ),
  ),
);
const facts = TOLD_EVENTS.flatMap(({ topic, event, told }) => ('fact' in told ? [{ name: `${topic} ${event}`, topic, ...told }] : []));

/** A list of ids carries no data about the records, so another event must have published these records before. */
const namesRecords = (field: string): boolean => /Ids$|^numbers$/.test(field);

describe('the table of facts', () => {
  it('has every event of every topic, and no other', () => {
    expect(TOLD_EVENTS.map(({ topic, event }) => `${topic} ${event}`).sort()).toEqual([...messages.keys()].sort());
  });

  it.each(facts.map((row) => [row.name, row] as const))('%s lists each of its fields', (name, { fact }) => {
    expect([...fact].sort()).toEqual((messages.get(name)?.fields ?? []).map(({ jsonName }) => jsonName).sort());
  });

  it('lets an event name only records that this event or another event publishes', () => {
    const carries = (name: string): boolean =>
      (messages.get(name)?.fields ?? []).some((field) => field.fieldKind === 'list' && field.listKind === 'message');
    expect(facts.filter(({ name, fact, of }) => fact.some(namesRecords) && of === undefined && !carries(name))).toEqual([]);
    const known = new Set([...messages.keys(), ...TOLD_EVENTS.map(({ topic }) => topic)]);
    const tellers = facts.flatMap(({ topic, of }) => (of?.split(', ') ?? []).map((one) => (one.includes('.') ? one : `${topic} ${one}`)));
    expect(tellers.filter((teller) => !known.has(teller))).toEqual([]);
  });

  it('carries no name and no number of a person', () => {
    const every = (message: DescMessage, seen = new Set<string>()): string[] => {
      if (seen.has(message.typeName)) return [];
      seen.add(message.typeName);
      return message.fields.flatMap((field) => [`${message.typeName}.${field.name}`, ...(field.message ? every(field.message, seen) : [])]);
    };
    const fields = [...messages.values()].flatMap((message) => every(message));
    expect(fields).toContain('hengji.exam.v1.Result.person');
    expect(fields.filter((name) => /Candidate\.|\.id_number$|\.sealed_/.test(name))).toEqual([]);
  });

  it('is the same in docs/MESSAGING.md, row by row', () => {
    const document = readFileSync(join(root, 'docs/MESSAGING.md'), 'utf8');
    const rows = [...document.matchAll(/^\| `([a-z.0-9]+)` +\| `(\w+)` +\| (fact|hint): (.*?) *\|$/gm)].map(
      ([, topic, event, kind, text]) => [topic, event, kind, text].join(' '),
    );
    const wanted = TOLD_EVENTS.map(({ topic, event, told }) => {
      const text = 'hint' in told ? told.hint : `\`${told.fact.join(' ')}\`${told.of === undefined ? '' : ` of ${told.of}`}`;
      return `${topic} ${event} ${'hint' in told ? 'hint' : 'fact'} ${text}`;
    });
    expect(rows).toEqual(wanted);
  });
});
