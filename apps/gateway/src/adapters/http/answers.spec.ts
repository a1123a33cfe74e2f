import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TOPICS, toJson } from '@hengji/contracts';
import { Order } from '@hengji/contracts/enforcement/v1/enforcement_service';
import { listOf, jsonOf, messageOf } from './answers';
import { openApiDocument } from './docs/openapi';
import { ROUTES } from './routes';

const SAMPLES = join(__dirname, '../../../../../libs/contracts/samples');
const released = Object.values(TOPICS).flatMap(({ name, codec }) =>
  (JSON.parse(readFileSync(join(SAMPLES, `${name}.json`), 'utf8')) as { event: string; base64: string }[]).map(
    ({ event, base64 }) => [`${name} ${event}`, codec, base64] as const,
  ),
);

const ORDER = Order.fromPartial({
  ...{ orderId: 'o1', state: 'EXECUTING', measures: ['STOP_EVALUATION'], residual: -1n, signedAt: new Date('2026-03-01T00:00:00Z') },
  scope: { institution: 'S000021010001', occupationLevels: [{ occupation: '6-31-01-03', level: '3' }] },
  rows: [
    {
      ask: { row: 1, measure: 'STOP_EVALUATION', effect: { $case: 'exam', value: 'HOLD_PLANS' }, signedRoot: Buffer.from([0, 171]) },
      ...{ service: 'exam', state: 'DONE', preview: { count: 3n, fen: -1n } },
    },
  ],
});

describe('the schema of a contract message', () => {
  it.each(released)('accepts the released sample %s as toJson writes it, and has a schema for each of its fields', (_, codec, base64) => {
    const json = toJson(codec.decode(Buffer.from(base64, 'base64')));
    expect(jsonOf(codec as unknown as { $type: string }).parse(json)).toEqual(json);
  });

  it('accepts an order with its ledger: unions, words, bytes, times, numbers below zero', () => {
    const json = toJson(ORDER);
    const parsed = messageOf(Order).schema?.parse(json);
    expect(parsed).toEqual(json);
    expect(parsed).toMatchObject({ rows: [{ ask: { effect: { $case: 'exam', value: 'HOLD_PLANS' }, signedRoot: '00ab' } }] });
  });

  it.each([
    ['a word that is none', { state: 'DONE' }],
    ['bytes that are no hex', { rows: [{ ...toJson(ORDER).rows[0], preview: { ...toJson(ORDER).rows[0]?.preview, root: 'zz' } }] }],
    ['a count as text', { epoch: '7' }],
    ['a count below zero', { epoch: -1 }],
    ['a case of a union with the word of another', { rows: [{ ask: { effect: { $case: 'subsidy', value: 'HOLD_PLANS' } } }] }],
    ['a time without its zone', { signedAt: '2026-03-01T00:00:00' }],
    ['no list where one belongs', { rows: undefined }],
  ])('refuses %s', (_, wrong) => {
    expect(messageOf(Order).schema?.safeParse({ ...toJson(ORDER), ...wrong }).success).toBe(false);
  });

  it('requires the cursor of a page', () => {
    expect(listOf(Order).schema?.safeParse({ items: [toJson(ORDER)] }).success).toBe(false);
  });
});

describe('the OpenAPI document', () => {
  const document = openApiDocument('http://127.0.0.1');
  const operations = Object.values(document.paths ?? {}).flatMap((path) => Object.values(path as Record<string, Operation>));
  interface Operation {
    readonly responses: Readonly<Record<string, { content?: Readonly<Record<string, { schema?: unknown }>> }>>;
  }

  it('lists for every route its answer and the problem of each status that the route refuses with', () => {
    expect(operations).toHaveLength(ROUTES.length);
    for (const { responses } of operations) {
      const [done = ''] = Object.keys(responses).filter((status) => status.startsWith('2'));
      const content = responses[done]?.content;
      if (done !== '204') expect(Object.values(content ?? {}).map(({ schema }) => schema !== undefined)).toEqual([true]);
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['400', '429', '500', '503']));
      for (const [status, { content: said }] of Object.entries(responses))
        if (status >= '4') expect(Object.keys(said ?? {})).toEqual(['application/problem+json']);
    }
  });

  it('holds each nested message as its own component', () => {
    const text = JSON.stringify(document);
    const used = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name = '']) => name);
    expect(used).toEqual(expect.arrayContaining(['Order', 'LedgerRow', 'LedgerRow_RowPreview', 'Scope', 'OrderState']));
    const there = Object.keys(document.components?.schemas ?? {});
    expect([...new Set(used)].filter((name) => !there.includes(name))).toEqual([]);
  });
});
