// Creates the topics of libs/contracts on a broker that does not create topics by itself, with the settings of the table.
// Existing topics whose settings differ are corrected. Reads KAFKA_BROKERS and KAFKA_TOPIC_PREFIX. An operator of a
// production Kafka may create the topics by other means.
import { EVERY_TOPIC } from '@hengji/contracts';
import { createLog, readConfig, SERVICE_CONFIG } from '@hengji/host';
import { connectKafka } from '@hengji/messaging';

const main = async (): Promise<void> => {
  const { KAFKA_BROKERS, KAFKA_TOPIC_PREFIX } = SERVICE_CONFIG;
  const config = readConfig({ KAFKA_BROKERS, KAFKA_TOPIC_PREFIX });
  const log = createLog('topics', 'fatal');
  const kafka = connectKafka({ brokers: config.KAFKA_BROKERS, clientId: 'topics', topicPrefix: config.KAFKA_TOPIC_PREFIX, log });
  await kafka.createTopics(EVERY_TOPIC);
};

main().catch((failure: unknown) => {
  console.error(failure);
  process.exitCode = 1;
});
