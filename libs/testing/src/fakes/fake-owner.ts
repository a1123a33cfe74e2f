// An owner of topics as their readers ask it: how far it has counted, a stretch once more, its state. It knows what it was told that it
// has said, whatever became of the topic; what it no longer keeps a suite may decide.
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
  /** To be served beside other services. */
  readonly service: ReturnType<typeof fakeService>;
  /** It has said this, with these numbers. */
  remember<E extends Envelope>(topic: Topic<E>, ...events: readonly E[]): void;
  /** While true every question is refused as by a service that is away. */
  away: boolean;
  /** While false nothing that was said can be sent once more. */
  keeps: boolean;
  /** What becomes of a part of a snapshot on its way: the part itself unless a suite says otherwise. `number` counts from 1. */
  onWay: (part: SnapshotResponse, number: number, key: string) => SnapshotResponse[];
  /** Who answers with a snapshot in its place; undefined: it does. */
  replace: (request: SnapshotRequest, state: ReturnType<typeof stateOf>) => AsyncIterable<SnapshotResponse> | undefined;
  /** What it was asked, in order: the method and the key. */
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

/** Serves it alone; ends with the suite. Returns where. */
export const serveOwner = async (owner: FakeOwner): Promise<string> =>
  (await fakeNeighbour(RepublishServiceDefinition, owner.answers)).address;
