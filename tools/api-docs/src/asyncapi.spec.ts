import { join } from 'node:path';
import { Parser } from '@asyncapi/parser';
import { asyncApi } from './asyncapi';
import { readDefinitions } from './descriptors';
import { TOPIC_ROWS } from './topic-rows';

describe('the AsyncAPI document', () => {
  const document = asyncApi(readDefinitions(join(__dirname, '../../..')), TOPIC_ROWS, '0.0.0');

  it('is valid AsyncAPI 3', async () => {
    const { diagnostics } = await new Parser().parse(JSON.stringify(document));
    expect(diagnostics.filter((one) => one.severity === 0).map((one) => `${one.path.join('.')}: ${one.message}`)).toEqual([]);
  });

  it('has every topic, and every event with its Chinese name', () => {
    const channels = document['channels'] as Record<string, { address: string; messages: Record<string, { summary: string }> }>;
    expect(Object.values(channels).map((channel) => channel.address)).toEqual(TOPIC_ROWS.map((topic) => topic.name));
    const unnamed = Object.values(channels).flatMap(({ messages }) =>
      Object.entries(messages).filter(([, one]) => !/[\u4e00-\u9fff]/.test(one.summary)),
    );
    expect(unnamed.map(([name]) => name)).toEqual([]);
  });
});
