// The sessions that people have ended (已退出的会话), so that every gateway, also one that starts later, refuses their cookies. Only gateways
// write and read it: a record is text that is sealed under their `SESSION_KEY`, and says nothing to others. Nobody rebuilds a state from it.
import { UNPACKED, type TopicSettings } from './topics';

const SETTINGS: TopicSettings = {
  partitions: 1,
  // Longer than any session lives.
  configs: { 'cleanup.policy': 'delete', 'retention.ms': '86400000', 'retention.bytes': '-1', 'max.message.bytes': '1048588', ...UNPACKED },
};

export const SESSIONS_TOPIC = { name: 'sessions.v1', settings: SETTINGS } as const;
