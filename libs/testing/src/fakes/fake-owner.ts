// A fake of a topic's owner for its consumers: it returns the highest sequence, publishes a range again, and returns its
// state. The fake holds the events that a suite registered, whatever happened to the topic. A suite may decide that the
// fake can no longer publish them.
import { TOPICS, type Envelope, type Topic } from '@hengji/contracts';
import { RepublishServiceDefinition, type SnapshotRequest, type SnapshotResponse } from '@hengji/contracts/messaging/v1/republish_service';
import { Refusal } from '@hengji/domain-kit';
import type { CallerContext } from '@hengji/host';
import { sealSnapshot } from '@hengji/messaging';
import type { ServiceImplementation } from 'nice-grpc';
import { fakeNeighbour, fakeService } from '../fake-neighbour';
import type { KafkaProbe } from '../kafka-probe';
import { testSealer } from '../keys';

interface Said {
  readonly topic: Topic<Envelope>;
  readonly event: Envelope;
}

type Answers = Partial<ServiceImplementation<typeof RepublishServiceDefinition, CallerContext>>;

export interface FakeOwner {
  readonly answers: Answers;
  /** For a server that also serves other services. */
  readonly service: ReturnType<typeof fakeService>;
  /** Registers these events, with their sequences, as published. */
  remember<E extends Envelope>(topic: Topic<E>, ...events: readonly E[]): void;
  /** While true, every request is refused, as by an unavailable service. */
  away: boolean;
  /** While false, no registered event can be published again. */
  keeps: boolean;
  /** Replaces a part of a snapshot in flight; by default the part itself. `number` counts from 1. */
  onWay: (part: SnapshotResponse, number: number, key: string) => SnapshotResponse[];
  /** Returns a snapshot in place of the fake's own; undefined: the fake's own. */
  replace: (request: SnapshotRequest, state: ReturnType<typeof stateOf>) => AsyncIterable<SnapshotResponse> | undefined;
  /** The requests in order: the method and the key. */
  readonly asked: string[];
}

const sequenceOf = ({ event }: Said): bigint => event.meta?.sequence ?? 0n;
const keyOf = ({ event }: Said): string => event.meta?.institution ?? '';

const lastOf = (events: readonly Said[]): bigint => events.map(sequenceOf).reduce((a, b) => (a > b ? a : b), 0n);

async function* stateOf(events: readonly Said[]) {
  const position = lastOf(events);
  yield { position, events: [] };
  for (const one of events) {
    const meta = { ...one.event.meta, sequence: 0n } as Envelope['meta'];
    yield { position, events: [Buffer.from(one.topic.codec.encode({ ...one.event, meta }).finish())] };
  }
}

export const fakeOwner = (probe: KafkaProbe): FakeOwner => {
  const said: Said[] = [];
  const of = (topic: string, key = ''): Said[] => said.filter((one) => one.topic.name === topic && (key === '' || keyOf(one) === key));
  const ask = (what: string): void => {
    if (owner.away) throw new Refusal('unavailable', 'owner.away', '暂不可用');
    owner.asked.push(what);
  };
  const answers: Answers = {
    listHeads: async ({ topic, key }) => {
      ask(`heads ${key}`);
      const keys = [...new Set(of(topic, key).map(keyOf))];
      return { heads: keys.map((one) => ({ key: one, last: lastOf(of(topic, one)), published: lastOf(of(topic, one)) })), next: '' };
    },
    republish: async ({ topic, key, first, last }) => {
      ask(`republish ${key}`);
      const stretch = of(topic, key).filter((one) => sequenceOf(one) >= first && sequenceOf(one) <= last);
      if (!owner.keeps) return { forgotten: stretch.length };
      for (const one of stretch) await probe.publish(one.topic, one.event);
      return { sent: stretch.length };
    },
    snapshot: async function* (request) {
      ask(`snapshot ${request.key}`);
      const service = Object.values(TOPICS).find(({ name }) => name === request.topic)?.owner ?? '';
      const by = { service, signer: testSealer(service), now: () => new Date() };
      const state = stateOf(of(request.topic, request.key));
      let number = 0;
      for await (const part of owner.replace(request, state) ?? sealSnapshot(by, request, state))
        yield* owner.onWay(part, (number += 1), request.key);
    },
  };
  const owner: FakeOwner = {
    onWay: (part) => [part],
    replace: () => undefined,
    answers,
    service: fakeService(RepublishServiceDefinition, answers),
    remember: (topic, ...events) => void said.push(...events.map((event) => ({ topic: topic as unknown as Topic<Envelope>, event }))),
    away: false,
    keeps: true,
    asked: [],
  };
  return owner;
};

/** Serves the fake alone until the suite ends. Returns the address. */
export const serveOwner = async (owner: FakeOwner): Promise<string> =>
  (await fakeNeighbour(RepublishServiceDefinition, owner.answers)).address;
