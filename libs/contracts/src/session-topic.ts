// The sessions that people have ended (已退出的会话), so that every gateway refuses their cookies, including a gateway that starts later. Only
// gateways write and read this topic: a record is text sealed under their `SESSION_KEY`, which no other service can read. Nobody rebuilds a
// state from this topic.
import { UNPACKED, type TopicSettings } from './topics';

const SETTINGS: TopicSettings = {
  partitions: 1,
  // Longer than the lifetime of any session.
  configs: { 'cleanup.policy': 'delete', 'retention.ms': '86400000', 'retention.bytes': '-1', 'max.message.bytes': '1048588', ...UNPACKED },
};

export const SESSIONS_TOPIC = { name: 'sessions.v1', settings: SETTINGS } as const;
