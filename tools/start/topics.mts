// Runs the program in tools/topics, which creates the topics of libs/contracts and connects to Kafka through
// libs/messaging.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { inherited } from './inherited.mts';

const program = fileURLToPath(new URL('../../dist/tools/topics/main.js', import.meta.url));

export const createTopics = async (kafkaBrokers: string, topicPrefix: string) => {
  const env = { ...inherited(), KAFKA_BROKERS: kafkaBrokers, KAFKA_TOPIC_PREFIX: topicPrefix };
  await promisify(execFile)(process.execPath, [program], { env });
};
