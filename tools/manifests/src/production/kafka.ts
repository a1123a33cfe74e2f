// Kafka by Strimzi: three brokers, and every topic of the contracts' table with its settings.
import { EVERY_TOPIC } from '@hengji/contracts';
import { reach, type Resource } from '../resource';

const KAFKA = 'hengji';
const KAFKA_VERSION = '4.3.1';
/** The address that Strimzi gives the brokers of the listener `plain`. */
export const BROKERS = `${KAFKA}-kafka-bootstrap:9092`;
const COPIES = 3;
/** A write is answered when two copies have it, so one broker may be away. */
const IN_SYNC = 2;
const ofCluster = { 'strimzi.io/cluster': KAFKA } as const;
const API = 'kafka.strimzi.io/v1';

const kafka: Resource = {
  ...{ apiVersion: API, kind: 'Kafka' },
  metadata: { name: KAFKA },
  spec: {
    kafka: {
      version: KAFKA_VERSION,
      listeners: [
        {
          ...{ name: 'plain', port: 9092, type: 'internal', tls: false },
          networkPolicyPeers: [{ podSelector: { matchLabels: reach('kafka') } }],
        },
      ],
      config: {
        'default.replication.factor': COPIES,
        'min.insync.replicas': IN_SYNC,
        'offsets.topic.replication.factor': COPIES,
        'transaction.state.log.replication.factor': COPIES,
        'transaction.state.log.min.isr': IN_SYNC,
        'auto.create.topics.enable': false,
        'unclean.leader.election.enable': false,
      },
    },
    entityOperator: { topicOperator: {} },
  },
};

const nodes: Resource = {
  ...{ apiVersion: API, kind: 'KafkaNodePool' },
  metadata: { name: 'node', labels: ofCluster },
  spec: {
    replicas: COPIES,
    roles: ['controller', 'broker'],
    storage: { type: 'jbod', volumes: [{ id: 0, type: 'persistent-claim', size: '500Gi', deleteClaim: false, kraftMetadata: 'shared' }] },
    resources: { requests: { cpu: '1', memory: '4Gi' }, limits: { cpu: '2', memory: '4Gi' } },
    template: {
      pod: {
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
        affinity: {
          podAntiAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [
              { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: ofCluster } },
            ],
          },
        },
      },
    },
  },
};

const topic = ({ name, settings }: (typeof EVERY_TOPIC)[number]): Resource => ({
  ...{ apiVersion: API, kind: 'KafkaTopic' },
  metadata: { name, labels: ofCluster },
  spec: { partitions: settings.partitions, replicas: COPIES, config: { ...settings.configs } },
});

export const kafkaResources = (): Resource[] => [kafka, nodes];
export const topicResources = (): Resource[] => EVERY_TOPIC.map(topic);

/** More readers than partitions would have nothing to read. */
export const MOST_READERS = Math.max(...EVERY_TOPIC.map(({ settings }) => settings.partitions));

/** Labels of the brokers and of the topic operator. */
export const KAFKA_PODS = ofCluster;
