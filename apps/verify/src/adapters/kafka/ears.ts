// The three tails as parts, and what they know of their own completeness: caught up, still hearing, nothing missing.
import { TOPICS, type Envelope, type Topic } from '@hengji/contracts';
import { metrics, type Log, type Part } from '@hengji/host';
import { tail, type Kafka, type SealReader } from '@hengji/messaging';
import type { Doubts } from '../../domain/public-answer';
import { sequenceWatch, type SequenceWatch } from '../../domain/sequence-watch';
import { onApproval, onCertificate, onEnforcement, type Listening } from './listen';

export interface Ears {
  readonly parts: Part[];
  doubts(institution: string): Doubts;
  caughtUp(): boolean;
  /** When the broker was last heard of. */
  asOf(): Date;
}

/** The broker may be silent because nothing happens, so it is asked; silence after that means we know no news. */
const ASK_EVERY_MS = 1_000;
const STALE_AFTER_MS = 10_000;

const gaps = metrics.counter('hengji_verify_gaps_total', 'Jumps in the sequence of a topic and key', ['topic']);

const watched = <E extends Envelope>(
  topic: Topic<E>,
  log: Log,
  hear: (event: E) => void,
): { watch: SequenceWatch; onEvent: (event: E) => void } => {
  const watch = sequenceWatch();
  const onEvent = (event: E): void => {
    const { institution, sequence } = event.meta ?? { institution: '', sequence: 0n };
    const gap = watch.note(institution, sequence);
    if (gap) {
      gaps.inc({ topic: topic.name });
      log.error({ topic: topic.name, institution, first: gap.first, last: gap.last }, 'events are missing');
    }
    hear(event);
  };
  return { watch, onEvent };
};

/** Asks the broker again and again whether it is there. */
const pulse = (kafka: Kafka, log: Log, now: () => Date) => {
  let lastHeard = new Date(0);
  let timer: NodeJS.Timeout | undefined;
  let asking: Promise<void> = Promise.resolve();
  let running = false;
  const ask = async (): Promise<void> => {
    const asked = now();
    try {
      await kafka.endOffsets(TOPICS.enforcement.name);
      lastHeard = asked;
    } catch (err) {
      log.warn({ err }, 'the broker does not answer');
    }
    if (running) timer = setTimeout(() => (asking = ask()), ASK_EVERY_MS);
  };
  const part: Part = {
    name: 'pulse',
    start: async () => {
      running = true;
      asking = ask();
    },
    stop: async () => {
      running = false;
      clearTimeout(timer);
      await asking;
    },
  };
  return { part, lastHeard: () => lastHeard };
};

export const ears = (o: { kafka: Kafka; listening: Listening; seals: SealReader; log: Log; now: () => Date }): Ears => {
  const { kafka, listening, seals, log, now } = o;
  const certificate = watched(TOPICS.certificate, log, (event) => onCertificate(listening, event));
  const enforcement = watched(TOPICS.enforcement, log, (event) => onEnforcement(listening, event));
  const approval = watched(TOPICS.approval, log, (event) => onApproval(listening, event));
  const tails = [
    tail({ kafka, seals, log, topic: TOPICS.enforcement, onEvent: enforcement.onEvent }),
    tail({ kafka, seals, log, topic: TOPICS.certificate, onEvent: certificate.onEvent }),
    tail({ kafka, seals, log, topic: TOPICS.approval, onEvent: approval.onEvent }),
  ];
  const beat = pulse(kafka, log, now);
  // Once caught up is caught up: the question is asked with every answer, so its yes is kept.
  let wasCaughtUp = false;
  const caughtUp = (): boolean => (wasCaughtUp ||= tails.every((each) => each.caughtUp()));
  return {
    parts: [...tails, beat.part],
    caughtUp,
    asOf: () => beat.lastHeard(),
    doubts: (institution) => ({
      caughtUp: caughtUp(),
      fresh: now().getTime() - beat.lastHeard().getTime() < STALE_AFTER_MS && tails.every((each) => each.alive()),
      complete: certificate.watch.complete(institution) && enforcement.watch.complete(institution),
    }),
  };
};
