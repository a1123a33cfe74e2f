// "Set the state of every record in scope to X", for any table: cancel results, void certificates, close plans. The claims (claims.ts) keep
// overlapping orders apart and make lifting exact. This file turns a chunk of claims into leaves and events, and counts the residual by
// plain SELECTs.
import type { Body, Envelope } from '@hengji/contracts';
import { publishAll, rowsOf, type SqlTx } from '@hengji/messaging';
import sql, { empty } from 'sql-template-tag';
import { columnSql, nameSql } from './names';
import { claimRecords } from './claim-records';
import { aboutSql, claimedSql, liftRecords, strayedSql, type ChunkRange, type ClaimedRecord } from './claims';
import { keepLeft } from '../left-records';
import { stateEvidence } from '../evidence/state-evidence';
import { scopeSql } from '../scope';
import { eventStretches, keyedStretches } from './stretches';
import { bindTargets, previewTargets, residualTargets, type Targets } from './targets';
import type { Chunk, ColumnValue, Effect, OrderContext, Residual, ResidualOrder, StateEffectSpec } from '../types';

/** An effect on a set of records, with claims; see StateEffectSpec. */
export const stateEffect = <E extends Envelope>(spec: StateEffectSpec<E>): Effect<SqlTx> => {
  const about: Targets = { ...spec, eligible: aboutSql(spec) };
  // Includes lifted claims: the signature binds all records that were signed. Records lifted since are left out only when the row runs.
  const bound = ({ orderId, claimedIn = [] }: Pick<OrderContext, 'orderId' | 'claimedIn'>): Targets => ({
    ...about,
    demand: { claimedIn, claimed: claimedSql(spec, orderId, 'any') },
  });
  return {
    preview: (tx, scope, again) => previewTargets(tx, again ? bound(again) : about, scope),
    target: (tx, order) => bindTargets(tx, bound(order), order.scope),
    apply: async (tx, order, cursor, limit) => {
      const range = { cursor, limit };
      return finish(tx, spec, { order, range, records: await claimRecords(tx, spec, order, range), body: spec.applied });
    },
    undo: async (tx, order, cursor, limit) => {
      const range = { cursor, limit };
      const records = await liftRecords(tx, spec, order, range);
      const left = records.filter((record) => typeof record.left === 'string');
      await keepLeft(
        tx,
        order,
        left.map(({ id, before, left: wouldBe }) => ({ recordId: id, wouldBe: wouldBe ?? '', is: before })),
      );
      return { ...(await finish(tx, spec, { order, range, records, body: spec.undone })), left: left.length };
    },
    // The leaves of an undo row cannot be rebuilt: the records may have changed since, and the found state is not stored.
    leaves: (orderId, undo) =>
      undo
        ? undefined
        : sql`SELECT record_id AS id, found AS before, after FROM messaging.claim WHERE order_id = ${orderId} AND effect = ${spec.effect}`,
    evidence: stateEvidence(spec),
    residual: (tx, order) => (order.undo ? unrestored(tx, spec, order) : unmoved(tx, spec, about, order)),
  };
};

interface Worked<E extends Envelope> {
  readonly order: OrderContext;
  readonly range: ChunkRange;
  readonly records: readonly ClaimedRecord[];
  readonly body: StateEffectSpec<E>['undone'];
}

/** One event for each order that has inherited some of the records; see StateEffectSpec. */
const inheritedBodies = <E extends Envelope>(spec: StateEffectSpec<E>, records: readonly ClaimedRecord[]): Body<E>[] => {
  const { inherited } = spec;
  if (!inherited) return [];
  return keyedStretches(records, (record) => record.inherited ?? null).map(([columns, stretch]) =>
    inherited(
      JSON.parse(columns) as Readonly<Record<string, ColumnValue>>,
      stretch.map(({ id }) => id),
    ),
  );
};

/** Publishes the chunk's events if the chunk changed anything, and returns where the next chunk starts. */
const finish = async <E extends Envelope>(tx: SqlTx, spec: StateEffectSpec<E>, worked: Worked<E>): Promise<Chunk> => {
  const { order, range, records, body } = worked;
  const changed = records.filter((record) => record.changed);
  const bodies = eventStretches(changed).map((stretch) =>
    body(
      order,
      stretch.map(({ id }) => id),
      moneyOf(stretch),
      stretch.map(({ after }) => after),
    ),
  );
  const events = [...bodies, ...inheritedBodies(spec, records)].map((one) => ({
    institution: order.institution,
    orderId: order.orderId,
    body: one,
    occurredAt: order.now,
  }));
  await publishAll(tx, spec.topic, events);
  const next = records.length < range.limit ? null : (records.at(-1)?.id ?? null);
  return { leaves: records, changed: changed.length, already: records.length - changed.length, fen: moneyOf(changed), next };
};

const moneyOf = (records: readonly ClaimedRecord[]): bigint =>
  records.reduce((sum, { fen }) => (fen === '0' ? sum : sum + BigInt(fen)), 0n);

const unmoved = (
  tx: SqlTx,
  spec: Pick<StateEffectSpec<Envelope>, 'effect' | 'id' | 'state' | 'to'>,
  about: Targets,
  order: ResidualOrder,
): Promise<Residual> => {
  const { orderId, scope, without, claimedIn = [] } = order;
  const eligible = sql`${about.eligible ?? sql`true`} AND ${columnSql('t', spec.state)} <> ${spec.to}`;
  const demand = { claimedIn, claimed: claimedSql(spec, orderId, 'standing') };
  return residualTargets(tx, { ...about, eligible, without, demand }, scope);
};

// Residual of a lift: claims that are still in force, and records still in the state that no order demands any more.
const unrestored = async (
  tx: SqlTx,
  spec: Pick<StateEffectSpec<Envelope>, 'effect' | 'table' | 'id' | 'state' | 'scope'>,
  { orderId, row, scope, narrowed }: ResidualOrder,
): Promise<Residual> => {
  const part = sql`EXISTS (
    SELECT 1 FROM ${nameSql(spec.table)} t WHERE ${columnSql('t', spec.id)} = c.record_id AND ${scopeSql(scope, spec.scope)}) AND`;
  const left = sql`
    FROM messaging.claim c WHERE ${narrowed ? part : empty} c.order_id = ${orderId} AND c.effect = ${spec.effect}
      AND (c.lifted_at IS NULL OR ${strayedSql(spec, orderId, row ?? 0)})`;
  const [total] = await rowsOf<{ count: string }>(tx, sql`SELECT count(*)::text AS count ${left}`);
  const sample = await rowsOf<{ id: string }>(tx, sql`SELECT c.record_id AS id ${left} ORDER BY c.record_id LIMIT 10`);
  return { count: BigInt(total?.count ?? 0), sample: sample.map(({ id }) => id) };
};
