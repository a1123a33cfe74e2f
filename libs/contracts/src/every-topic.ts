// All topics that the topic tools create: the topics of facts, and the topics that are kept for a short time.
import { CANARY_TOPIC } from './canary';
import { SESSIONS_TOPIC } from './session-topic';
import { TOPICS, type TopicSettings } from './topics';

export const EVERY_TOPIC: readonly { readonly name: string; readonly settings: TopicSettings }[] = [
  ...Object.values(TOPICS),
  CANARY_TOPIC,
  SESSIONS_TOPIC,
];
