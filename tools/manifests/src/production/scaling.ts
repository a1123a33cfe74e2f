// How many pods a service has. Readers of topics follow their lag; one autoscaler governs a Deployment, so KEDA's also follows their
// processor time. What reads no topic as a group follows processor time alone.
import { isGroup, PERMANENT, type ClusterService } from '../cluster';
import type { Resource } from '../resource';
import { REPLICAS } from '../workload';
import { BROKERS, MOST_READERS } from './kafka';

const BUSY_PERCENT = 70;
/** Records that wait for one pod; a pod handles some hundreds in a second. */
const LAG = 500;
const MOST_DOORS = 10;

const target = (name: string) => ({ apiVersion: 'apps/v1', kind: 'Deployment', name });

const byLag = ({ name }: ClusterService): Resource => ({
  ...{ apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject' },
  metadata: { name },
  spec: {
    scaleTargetRef: target(name),
    minReplicaCount: REPLICAS,
    maxReplicaCount: MOST_READERS,
    pollingInterval: 15,
    cooldownPeriod: 300,
    triggers: [
      // Without a topic: all topics of the group.
      {
        type: 'kafka',
        metadata: { bootstrapServers: BROKERS, consumerGroup: name, lagThreshold: String(LAG), offsetResetPolicy: 'earliest' },
      },
      { type: 'cpu', metricType: 'Utilization', metadata: { value: String(BUSY_PERCENT) } },
    ],
  },
});

const byProcessor = ({ name }: ClusterService): Resource => ({
  ...{ apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' },
  metadata: { name },
  spec: {
    scaleTargetRef: target(name),
    minReplicas: REPLICAS,
    maxReplicas: MOST_DOORS,
    metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: BUSY_PERCENT } } }],
  },
});

export const scalingResources = (): Resource[] => PERMANENT.map((service) => (isGroup(service) ? byLag(service) : byProcessor(service)));
