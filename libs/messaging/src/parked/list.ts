// Parked and discarded messages as a list for an operator: coordinates and reasons, never values. Fifty messages of 1 MB would not fit into
// one answer.
import {
  ParkedMessage,
  type DiscardedMessage,
  type ListDiscardedResponse,
  type ListGapsResponse,
  type ListParkedResponse,
} from '@hengji/contracts/messaging/v1/parking_service';
import type { Page } from '@hengji/contracts/meta/v1/meta';
import sql from 'sql-template-tag';
import { countParked } from '../inbox/parking';
import { rowsOf, type SqlTx } from '../sql';
import { proposalWith } from './proposal';
import { countNotKept } from './quarantine';

const DEFAULT_PAGE = 100;
const MAX_PAGE = 1_000;

const limitOf = (page: Page | undefined): number => Math.min(page?.limit || DEFAULT_PAGE, MAX_PAGE);
const afterOf = (page: Page | undefined): string => (/^\d{1,18}$/.test(page?.after ?? '') ? (page?.after ?? '0') : '0');

interface ParkedRow {
  readonly id: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly key: string;
  readonly event_id: string;
  readonly type: string;
  readonly state: string;
  readonly reason: string;
  readonly tries: number;
  readonly parked_at: Date;
  readonly bytes: number;
  readonly discard_reason: string | null;
  readonly proposed_by: string | null;
  readonly proposed_name: string | null;
  readonly proposed_at: Date | null;
}

const COLUMNS = sql`p.id::text, p.topic, p.partition, coalesce(p.former_offset, p."offset")::text AS offset, p.key, p.event_id, p.type, p.state, p.reason, p.tries, p.parked_at,
  octet_length(p.value) AS bytes, d.reason AS discard_reason, d.proposed_by, d.proposed_name, d.proposed_at`;

const proposalOf = (row: ParkedRow): ParkedMessage['proposal'] =>
  row.proposed_by === null || row.proposed_at === null
    ? undefined
    : proposalWith({
        reason: row.discard_reason ?? '',
        officerId: row.proposed_by,
        name: row.proposed_name ?? '',
        proposedAt: row.proposed_at,
      });

const messageOf = (row: ParkedRow): ParkedMessage =>
  ParkedMessage.fromPartial({
    ...{ parkedId: row.id, topic: row.topic, partition: row.partition, offset: BigInt(row.offset), key: row.key, eventId: row.event_id },
    ...{ type: row.type, state: row.state, reason: row.reason, tries: row.tries, parkedAt: row.parked_at },
    valueBytes: BigInt(row.bytes),
    proposal: proposalOf(row),
  });

export const listParked = async (db: SqlTx, page: Page | undefined): Promise<ListParkedResponse> => {
  const limit = limitOf(page);
  const rows = await rowsOf<ParkedRow>(
    db,
    sql`SELECT ${COLUMNS} FROM messaging.parked AS p LEFT JOIN messaging.discard_proposal AS d ON d.parked_id = p.id
     WHERE p.id > ${afterOf(page)}::bigint ORDER BY p.id LIMIT ${limit}::integer`,
  );
  const counts = await countParked(db);
  const next = rows.length === limit ? (rows.at(-1)?.id ?? '') : '';
  const total = BigInt(counts.poison + counts.behind + counts.quarantined);
  return { messages: rows.map(messageOf), total, next, notKept: await countNotKept(db) };
};

/** One parked message, or undefined. */
export const findParked = async (db: SqlTx, parkedId: string): Promise<ParkedMessage | undefined> => {
  if (!/^\d{1,18}$/.test(parkedId)) return undefined;
  const rows = await rowsOf<ParkedRow>(
    db,
    sql`SELECT ${COLUMNS} FROM messaging.parked AS p LEFT JOIN messaging.discard_proposal AS d ON d.parked_id = p.id
     WHERE p.id = ${parkedId}::bigint`,
  );
  return rows[0] && messageOf(rows[0]);
};

interface DiscardedRow extends ParkedRow {
  readonly confirmed_by: string;
  readonly confirmed_name: string;
  readonly confirmed_at: Date;
}

const discardedOf = (row: DiscardedRow): DiscardedMessage => ({
  message: { ...messageOf(row), proposal: undefined },
  proposal: proposalOf(row),
  confirmedBy: row.confirmed_by,
  confirmedName: row.confirmed_name,
  confirmedAt: row.confirmed_at,
});

export const listDiscarded = async (db: SqlTx, page: Page | undefined): Promise<ListDiscardedResponse> => {
  const limit = limitOf(page);
  const rows = await rowsOf<DiscardedRow>(
    db,
    sql`SELECT parked_id::text AS id, topic, partition, "offset"::text, key, event_id, type, state, parked_reason AS reason, tries, parked_at,
       octet_length(value) AS bytes, reason AS discard_reason, proposed_by, proposed_name, proposed_at, confirmed_by, confirmed_name, confirmed_at
     FROM messaging.discarded AS d WHERE parked_id > ${afterOf(page)}::bigint ORDER BY d.parked_id LIMIT ${limit}::integer`,
  );
  return { messages: rows.map(discardedOf), next: rows.length === limit ? (rows.at(-1)?.id ?? '') : '' };
};

interface GapRow {
  readonly id: string;
  readonly topic: string;
  readonly key: string;
  readonly first_missing: string;
  readonly last_missing: string;
  readonly seen_at: Date;
  readonly tries: number;
  readonly reason: string;
  readonly closed_at: Date | null;
}

export const listGaps = async (db: SqlTx, page: Page | undefined): Promise<ListGapsResponse> => {
  const limit = limitOf(page);
  const rows = await rowsOf<GapRow>(
    db,
    sql`SELECT id::text, topic, key, first_missing::text, last_missing::text, seen_at, tries, reason, closed_at
     FROM messaging.gap WHERE id > ${afterOf(page)}::bigint ORDER BY gap.id LIMIT ${limit}::integer`,
  );
  const gaps = rows.map(({ topic, key, first_missing, last_missing, seen_at, tries, reason, closed_at }) => ({
    ...{ topic, key, firstMissing: BigInt(first_missing), lastMissing: BigInt(last_missing), seenAt: seen_at },
    ...{ tries, reason, closedAt: closed_at ?? undefined },
  }));
  const [counted] = await rowsOf<{ total: string }>(db, sql`SELECT count(*)::text AS total FROM messaging.gap WHERE closed_at IS NULL`);
  const next = rows.length === limit ? (rows.at(-1)?.id ?? '') : '';
  return { gaps, next, total: BigInt(counted?.total ?? 0) };
};
