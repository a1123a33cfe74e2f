// Fixture: verify with a real broker, and with fake owners that a suite controls: what they have published, what they still store, whether
// they answer.
import { randomUUID } from 'node:crypto';
import { TOPICS, type Body } from '@hengji/contracts';
import type { CertificateEvent } from '@hengji/contracts/certificate/v1/certificate_events';
import { readConfig } from '@hengji/host';
import {
  fakeEnforcement,
  fakeOwner,
  kafkaProbe,
  serveOwner,
  startParts,
  testEnvironment,
  topicPrefix,
  until,
  type FakeEnforcement,
  type FakeOwner,
  type KafkaProbe,
} from '@hengji/testing';
import { compose } from '../src/compose';
import { CONFIG } from '../src/config';

export const TOPIC = TOPICS.certificate.name;
export const CODE = 'S000021010001';
export const OTHER = 'S000021010002';
export const numberOf = (code: string, i: number): string => `${code}263${String(i).padStart(6, '0')}`;

export interface Stage {
  readonly prefix: string;
  readonly probe: KafkaProbe;
  readonly owner: FakeOwner;
  readonly enforcement: FakeEnforcement;
  start(more?: Record<string, string>): Promise<void>;
  stop(): Promise<void>;
  get(number: string): Promise<{ http: number; body: Record<string, unknown>; says: string }>;
  saysOf(number: string): Promise<string>;
  /** Checks every answer until the wanted one: none may be in `never`. */
  becomes(number: string, wanted: string, ...never: readonly string[]): Promise<void>;
  eventOf(code: string, body: Body<CertificateEvent>, jump?: bigint): CertificateEvent;
  /** Given by the owner and published to the topic. */
  say(code: string, body: Body<CertificateEvent>): Promise<void>;
  /** Given by the owner, and lost in transit. */
  lose(code: string, body: Body<CertificateEvent>): void;
  /** Ends the fixture with all that it has started. */
  close(): Promise<void>;
}

const answersAt = (url: () => string) => {
  const get: Stage['get'] = async (number) => {
    const response = await fetch(`${url()}/v1/certificates/${number}`);
    const body = (await response.json()) as Record<string, unknown>;
    const says = response.status === 503 ? `503 ${String(body['because'])}` : String(body['status'] === 404 ? 404 : body['status']);
    return { http: response.status, body, says };
  };
  const saysOf = async (number: string): Promise<string> => (await get(number)).says;
  const becomes: Stage['becomes'] = async (number, wanted, ...never) => {
    const seen = new Set<string>();
    const look = async (): Promise<string> => {
      const says = await saysOf(number);
      seen.add(says);
      return says;
    };
    await until(look, (says) => says === wanted, { withinMs: 20_000 });
    expect([...seen].filter((says) => never.includes(says))).toEqual([]);
  };
  return { get, saysOf, becomes };
};

/** Publishes as certificate, key by key with its own numbers. */
const voiceOf = (probe: KafkaProbe, owner: FakeOwner): Pick<Stage, 'eventOf' | 'say' | 'lose'> => {
  const sequences = new Map<string, bigint>();
  const eventOf: Stage['eventOf'] = (code, body, jump = 1n) => {
    const sequence = (sequences.get(code) ?? 0n) + jump;
    if (jump === 1n) sequences.set(code, sequence);
    return { meta: { eventId: randomUUID(), occurredAt: new Date(), institution: code, sequence, orderId: '' }, body };
  };
  return {
    eventOf,
    say: async (code, body) => {
      const event = eventOf(code, body);
      owner.remember(TOPICS.certificate, event);
      await probe.publish(TOPICS.certificate, event);
    },
    lose: (code, body) => owner.remember(TOPICS.certificate, eventOf(code, body)),
  };
};

/** Starts verify with its own topics and with owners that answer. */
export const openStage = async (): Promise<Stage> => {
  const prefix = topicPrefix();
  const probe = kafkaProbe(prefix);
  await probe.createTopics();
  const enforcement = await fakeEnforcement(probe);
  const owner = fakeOwner(probe);
  const address = await serveOwner(owner);
  const addresses = { CERTIFICATE_ADDR: address, APPROVAL_ADDR: address, ENFORCEMENT_ADDR: enforcement.address };
  const limits = { RATE_LIMIT_PER_MINUTE: '0', COUNTED_UP_LIMIT: '0' };
  let url = '';
  let stop = async (): Promise<void> => undefined;
  const start: Stage['start'] = async (more = {}) => {
    const parts = compose(readConfig(CONFIG, { ...testEnvironment(prefix, 'verify'), ...addresses, ...limits, ...more }));
    stop = await startParts(parts);
    url = parts.find((part): part is (typeof parts)[number] & { url(): string } => 'url' in part)?.url() ?? '';
  };
  return {
    ...{ prefix, probe, owner, enforcement, start },
    ...answersAt(() => url),
    ...voiceOf(probe, owner),
    stop: () => stop(),
    close: async () => {
      await stop();
      await probe.stop();
    },
  };
};

export const issued = (code: string, count: number): Body<CertificateEvent> => ({
  $case: 'certificatesIssued',
  value: {
    certificates: Array.from({ length: count }, (_, i) => ({
      number: numberOf(code, i + 1),
      occupation: '6-31-01-03',
      issuedOn: '2026-01-31',
      maskedName: '张*',
      planId: 'P1',
      sessionId: 'P1-1',
      level: '3',
      person: i.toString(16).padStart(32, '0'),
      examDate: '2026-01-10',
      resultId: `${code}-r${i}`,
    })),
  },
});

export const voided = (...numbers: string[]): Body<CertificateEvent> => ({
  $case: 'certificatesVoided',
  value: { orderId: 'o1', documentNo: '辽人社鉴处〔2026〕1号', voidedAt: new Date('2026-03-01T00:00:00Z'), numbers },
});
