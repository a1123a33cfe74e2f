// What a publishing service returns to consumers whose topic has lost events: its last numbers, a stretch again, and its whole state. The
// same for every service; only the state differs.
import { Refusal } from '@hengji/domain-kit';
import { READERS, TOPICS } from '@hengji/contracts';
import type {
  RepublishRequest,
  RepublishResponse,
  RepublishServiceDefinition,
  RepublishServiceImplementation,
} from '@hengji/contracts/messaging/v1/republish_service';
import { metrics, type CallerContext, type CallerTable, type Log, type Signer } from '@hengji/host';
import type { KeepAsked } from '../asked';
import { republish } from '../outbox';
import type { SqlDb, SqlTx } from '../sql';
import { headsOf, lastGiven } from './heads';
import { readSnapshot, type SnapshotSource } from './snapshot';
import { sealSnapshot } from './snapshot-seal';

export interface RepublishOptions<Tx extends SqlTx> {
  readonly service: string;
  readonly db: SqlDb<Tx>;
  readonly log: Log;
  readonly keepAsked: KeepAsked<'republish'>;
  /** Topics for which this service can provide its whole state, the key that seals it, and the allowed readers: `verify` by default. */
  readonly snapshots?: { readonly signer: Signer; readonly sources: readonly SnapshotSource<Tx>[]; readonly readers?: readonly string[] };
}

const MOST_AT_ONCE = 1_000n;
const MAX_PAGE = 1_000;

const again = metrics.counter('hengji_republished_total', 'Events sent once more because a reader missed them', ['service', 'topic']);

/** Every consumer of topics may request missing events; the whole state is only for services that depend on a copy. */
export const republishCallers = <Tx extends SqlTx>({ snapshots }: Pick<RepublishOptions<Tx>, 'snapshots'>) =>
  ({
    listHeads: READERS,
    republish: READERS,
    snapshot: snapshots?.readers ?? ['verify'],
  }) as const satisfies CallerTable<RepublishServiceDefinition['methods']>;

const checkTopic = (topic: string): void => {
  if (Object.values(TOPICS).some(({ name }) => name === topic)) return;
  throw new Refusal('invalid', 'republish.topic_unknown', '没有这个主题', { field: 'topic' });
};

const checkStretch = ({ topic, key, first, last }: RepublishRequest): void => {
  checkTopic(topic);
  if (key === '') throw new Refusal('invalid', 'republish.key_missing', '必须指明键', { field: 'key' });
  if (first < 1n || last < first || last - first >= MOST_AT_ONCE) {
    throw new Refusal('invalid', 'republish.stretch_invalid', '序号区间无效,一次最多1000个', { field: 'last' });
  }
};

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

const republishStretch = async <Tx extends SqlTx>(
  o: RepublishOptions<Tx>,
  request: RepublishRequest,
  { caller }: CallerContext,
): Promise<RepublishResponse> => {
  checkStretch(request);
  const { topic, key, first, last } = request;
  const given = await lastGiven(o.db, topic, key);
  const upTo = least(last, given);
  const count = upTo < first ? 0 : Number(upTo - first) + 1;
  const stretch = { topic, key, first, last: upTo };
  const on = { id: `${topic}/${key}/${first}-${upTo}`, institution: key };
  const sendAgain = (): Promise<number> =>
    o.db.$transaction(async (tx) => {
      const sent = await republish(tx, stretch);
      await o.keepAsked(tx, { method: 'republish', caller, actor: undefined, on });
      return sent;
    });
  const sent = count === 0 ? 0 : await sendAgain();
  again.inc({ service: o.service, topic }, sent);
  o.log.warn({ topic, key, first: String(first), last: String(last), sent }, 'a reader missed events; they are sent once more');
  return { sent, forgotten: count - sent, neverGiven: Number(last - first) + 1 - count };
};

/** Refuses: invalid `republish.*`; notFound `republish.no_snapshot`. */
export const republishServer = <Tx extends SqlTx>(o: RepublishOptions<Tx>): RepublishServiceImplementation<CallerContext> => ({
  listHeads: async ({ topic, key, page }) => {
    checkTopic(topic);
    const limit = Math.min(page?.limit || MAX_PAGE, MAX_PAGE);
    const heads = await headsOf(o.db, topic, { ...(key !== '' && { key }), after: page?.after ?? '', limit });
    return { heads, next: heads.length === limit ? (heads.at(-1)?.key ?? '') : '' };
  },
  republish: (request, call) => republishStretch(o, request, call),
  snapshot: async function* (request) {
    const { topic, key } = request;
    const source = o.snapshots?.sources.find((one) => one.topic === topic);
    if (!o.snapshots || !source) throw new Refusal('notFound', 'republish.no_snapshot', '该主题不提供状态快照', { field: 'topic' });
    const by = { service: o.service, signer: o.snapshots.signer, now: () => new Date() };
    yield* sealSnapshot(by, request, readSnapshot(o.db, source, key));
  },
});
