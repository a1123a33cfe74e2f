// The three tails as parts, and the state of their copies: read to the end, whole, nothing missing.
import { hash } from 'node:crypto';
import { TOPICS, type Envelope, type Topic } from '@hengji/contracts';
import { metrics, type Log, type Part } from '@hengji/host';
import { tail, topicsKept, type Kafka, type Owners, type SealReader, type Tail } from '@hengji/messaging';
import type { Doubts } from '../../domain/public-answer';
import { topicCopy, type TopicCopy } from '../../domain/topic-copy';
import { comparing, type Comparing } from '../jobs/comparing';
import { mending } from '../jobs/mending';
import { freshness } from './freshness';
import { onApproval, onCertificate, onEnforcement, type Listening } from './listen';

export interface Ears {
  readonly parts: Part[];
  doubts(institution: string): Doubts;
  /** True once everything has been read and its owners have confirmed it; false while a topic may lose records. */
  ready(): boolean;
  /** When the ends were requested that were last reached. */
  asOf(): Date;
}

export interface EarsOptions {
  readonly kafka: Kafka;
  readonly owners: Owners;
  readonly listening: Listening;
  readonly seals: SealReader;
  /** How long an owner's confirmation that nothing is missing is valid. */
  readonly ownersConfirmWithinMs: number;
  readonly log: Log;
  readonly now: () => Date;
}

const contradictions = metrics.counter(
  'hengji_verify_contradictions_total',
  'Numbers of a key under which another event came than was heard before',
  ['topic'],
);
const gaps = metrics.counter('hengji_verify_gaps_total', 'Stretches of a topic and key that were not heard', ['topic']);

interface Ear {
  readonly topic: string;
  readonly tail: Tail;
  readonly copy: Pick<TopicCopy<never>, 'complete'>;
  /** The parts that depend on when the topics were read. */
  readonly minding: (provenSince: (moment: number) => boolean) => { comparing: Comparing; mending: Part };
}

/** Never 0. */
const markOf = (value: Uint8Array): number => hash('sha256', value, 'buffer').readUInt32BE() || 1;

const ear = <E extends Envelope>(
  { kafka, owners, seals, ownersConfirmWithinMs, log }: EarsOptions,
  topic: Topic<E>,
  of: { hear(event: E): void; forget(institution: string): void },
): Ear => {
  const owner = owners.find(topic.owner);
  if (!owner) throw new Error(`the address of ${topic.owner}, owner of ${topic.name}, is not given`);
  const copy = topicCopy<E>({
    topic: topic.name,
    apply: of.hear,
    forget: of.forget,
    onGap: (institution, { first, last }) => {
      gaps.inc({ topic: topic.name });
      log.error({ topic: topic.name, institution, first: String(first), last: String(last) }, 'events are missing');
    },
    onContradiction: (institution, sequence) => {
      contradictions.inc({ topic: topic.name });
      log.error(
        { topic: topic.name, institution, sequence: String(sequence) },
        'two events under one number; the owner is asked for its state',
      );
    },
  });
  return {
    topic: topic.name,
    tail: tail({ kafka, seals, log, topic, onEvent: (event, _headers, value) => copy.hear(event, markOf(value)) }),
    copy,
    minding: (provenSince) => ({
      comparing: comparing({ copy, owner, provenSince, ownersConfirmWithinMs, log }),
      mending: mending({ topic, copy, owner, seals, log }),
    }),
  };
};

export const ears = (o: EarsOptions): Ears => {
  const { kafka, listening, log, now } = o;
  const { table, orders, names } = listening;
  const enforcement = ear(o, TOPICS.enforcement, { hear: (event) => onEnforcement(listening, event), forget: orders.forget });
  const certificate = ear(o, TOPICS.certificate, { hear: (event) => onCertificate(listening, event), forget: table.forget });
  const approval = ear(o, TOPICS.approval, { hear: (event) => onApproval(listening, event), forget: (code) => void names.delete(code) });
  const all = [enforcement, certificate, approval];
  const fresh = freshness({
    kafka,
    tails: new Map(all.map(({ topic, tail: one }) => [topic, one])),
    log,
    now,
    onDoubt: (topic) => minded.get(topic)?.comparing.doubt(),
  });
  const minded = new Map(all.map(({ topic, minding }) => [topic, minding(fresh.provenSince)]));
  // Names of institutions do not decide about a certificate: an unavailable approval service delays no answer.
  const deciding = [enforcement, certificate];
  const whole = (): boolean => deciding.every(({ topic }) => minded.get(topic)?.comparing.whole());
  const kept = topicsKept({ kafka, topics: all.map(({ topic }) => topic), log });
  let wasReady = false;
  return {
    parts: [kept, ...all.map((one) => one.tail), fresh, ...[...minded.values()].flatMap((each) => [each.comparing, each.mending])],
    ready: () => (wasReady ||= fresh.caughtUp() && whole()) && !kept.forgetful(),
    asOf: fresh.asOf,
    doubts: (institution) => ({
      caughtUp: fresh.caughtUp(),
      fresh: fresh.fresh() && all.every((one) => one.tail.alive()),
      whole: whole(),
      complete: deciding.every(({ copy }) => copy.complete(institution)),
    }),
  };
};
