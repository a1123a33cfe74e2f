// For keys with events that the topic no longer has: the owner's state, handled as events. The state is newer than every record that was
// read, so it is applied last and is right.
import { TOPICS } from '@hengji/contracts';
import { sourceOf } from '../seal/seal-check';
import { LONG_TRANSACTION, type SqlTx } from '../sql';
import type { Owner } from '../republish/owners';
import type { HeardOnce } from './heard-once';
import type { FactCopy, RebuildOptions } from './rebuild';

/** Keys with a missing number: between other numbers, or at the end although the owner has sent it to the broker. */
const missingKeys = async (owner: Owner, topic: string, source: string, once: HeardOnce): Promise<string[]> => {
  const heads = await owner.heads(topic);
  const behind = heads.filter(({ key, published }) => once.last(source, key) < published).map(({ key }) => key);
  return [...new Set([...once.withGaps(source), ...behind])].sort();
};

const takeState = async <Tx extends SqlTx>(
  o: RebuildOptions<Tx>,
  { subscription }: FactCopy<Tx>,
  owner: Owner,
  key: string,
): Promise<void> => {
  const { topic, decode, handlers, writers } = subscription;
  for await (const { events } of owner.snapshot(topic, key, o.seals)) {
    await o.db.$transaction(async (tx) => {
      for (const bytes of events) {
        const { meta, body } = decode(bytes);
        const handler = handlers.get(body?.$case ?? '');
        if (!meta || !body || handler === undefined) throw new Error(`the state of ${key} has an event that is not known here`);
        if (handler !== 'ignored') await handler(body.value, { tx, meta, writer: writers[0] ?? '', now: (o.now ?? (() => new Date()))() });
      }
    }, LONG_TRANSACTION);
  }
};

/** Applies the state of the keys with missing events. A topic with many writers has no state to provide. */
export const fromOwner = async <Tx extends SqlTx>(
  o: RebuildOptions<Tx>,
  copy: FactCopy<Tx>,
  once: HeardOnce,
): Promise<{ given: string[]; incomplete: string[] }> => {
  const { topic } = copy.subscription;
  const service = Object.values(TOPICS).find(({ name }) => name === topic)?.owner ?? '';
  const source = sourceOf(service);
  const owner = o.owners.find(service);
  if (!owner) return { given: [], incomplete: once.withGaps(source) };
  const given: string[] = [];
  const incomplete: string[] = [];
  for (const key of await missingKeys(owner, topic, source, once)) {
    try {
      await takeState(o, copy, owner, key);
      given.push(key);
    } catch (err) {
      o.log.error({ err, topic, institution: key }, 'the state of a key could not be had');
      incomplete.push(key);
    }
  }
  return { given, incomplete };
};
