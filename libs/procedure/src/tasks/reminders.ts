// Messages in the inbox (站内消息). A limit that nears its end or has passed gives one message, in the transaction that announces it. The
// recipient is the person whose task is due by the limit, or the role of the authority. Each person has a read mark of their own.
import { randomUUID } from 'node:crypto';
import { cursorInvalid, MOST_COUNTED } from '@hengji/host';
import { execute, rowsOf, type SqlTx } from '@hengji/messaging';
import sql, { empty, type Sql } from 'sql-template-tag';
import { titleOf, type Limit, type LimitTable } from '../tables/limit';
import { isOfficer, type TaskActor } from './task';

export interface ReminderRow {
  readonly id: string;
  readonly state: 'NEARING' | 'PASSED' | 'TOLD';
  readonly title: string;
  readonly fileId: string;
  readonly about: string;
  readonly institution: string;
  readonly authority: string;
  readonly dueAt: Date;
  readonly createdAt: Date;
  readonly read: boolean;
}

interface Receiver {
  readonly role: string;
  readonly assignee: string;
}

const COLUMNS = sql`id, state, title, file_id AS "fileId", about, institution, authority, due_at AS "dueAt", created_at AS "createdAt"`;

/** The name of a file, from its newest task. */
const aboutOf = async (tx: SqlTx, fileId: string): Promise<string> => {
  const [named] = await rowsOf<{ about: string }>(
    tx,
    sql`SELECT about FROM procedure.task WHERE file_id = ${fileId} ORDER BY created_at DESC LIMIT 1`,
  );
  return named?.about ?? '';
};

/**
 * Writes the messages of a limit that nears its end or has passed, by its state. If no task is due by the limit, the officers get the
 * message.
 */
export const remind = async (tx: SqlTx, table: LimitTable, limit: Limit, now: Date): Promise<void> => {
  const { id, state, fileId, institution, authority, dueAt } = limit;
  const due = await rowsOf<Receiver>(
    tx,
    sql`SELECT DISTINCT role, assignee FROM procedure.task WHERE limit_id = ${id} AND done_at IS NULL`,
  );
  const about = await aboutOf(tx, fileId);
  for (const { role, assignee } of due.length > 0 ? due : [{ role: 'officer', assignee: '' }]) {
    await execute(
      tx,
      sql`INSERT INTO procedure.reminder (id, limit_id, state, title, file_id, about, institution, authority, role, assignee, due_at, created_at)
          VALUES (${randomUUID()}, ${id}, ${state}, ${titleOf(table, limit)}, ${fileId}, ${about}, ${institution}, ${authority}, ${role},
            ${assignee}, ${dueAt}, ${now})`,
    );
  }
};

/** Writes that these open tasks are late by a time that no limit of the registry defines: to the assignee, or to the role. */
export const remindLate = async (
  tx: SqlTx,
  { kind, fileId, steps }: { readonly kind: string; readonly fileId: string; readonly steps: readonly string[] },
  now: Date,
): Promise<void> => {
  if (steps.length === 0) return;
  await execute(
    tx,
    sql`INSERT INTO procedure.reminder (id, limit_id, state, title, file_id, about, institution, authority, role, assignee, due_at, created_at)
        SELECT gen_random_uuid()::text, '', 'PASSED', title, file_id, about, institution, authority, role, assignee, due_at, ${now}::timestamptz
        FROM procedure.task
        WHERE file_kind = ${kind} AND file_id = ${fileId} AND step = ANY(${[...steps]}::text[]) AND done_at IS NULL AND limit_id = ''`,
  );
};

interface Told {
  readonly fileId: string;
  /** The name of the file for people. */
  readonly about: string;
  readonly institution: string;
  /** Whose officers get the message. */
  readonly authority: string;
  readonly title: string;
  readonly now: Date;
}

/** Tells the officers of an authority what happened to a file (告知), without a limit. */
export const tell = async (tx: SqlTx, { fileId, about, institution, authority, title, now }: Told): Promise<void> => {
  await execute(
    tx,
    sql`INSERT INTO procedure.reminder (id, limit_id, state, title, file_id, about, institution, authority, role, assignee, due_at, created_at)
        VALUES (${randomUUID()}, '', 'TOLD', ${title}, ${fileId}, ${about}, ${institution}, ${authority}, 'officer', '', ${now}, ${now})`,
  );
};

const sentTo = (actor: TaskActor): Sql => {
  const { officerId, role, authority, institution } = actor;
  if (role === 'INSTITUTION') return sql`role = 'institution' AND institution = ${institution}`;
  if (!isOfficer(actor)) return sql`FALSE`;
  return sql`authority = ${authority} AND role = 'officer' AND assignee IN ('', ${officerId})`;
};

const isUnread = ({ officerId }: TaskActor): Sql =>
  sql`NOT EXISTS (SELECT 1 FROM procedure.reminder_read r WHERE r.reminder_id = reminder.id AND r.person = ${officerId})`;

const CURSOR = /^(\d{1,15})~([\w-]{1,64})$/;

const afterPlace = (after: string): Sql => {
  if (after === '') return empty;
  const [, at = '', id = ''] = CURSOR.exec(after) ?? [];
  if (id === '') throw cursorInvalid();
  return sql`AND (created_at, id) < (${new Date(Number(at))}::timestamptz, ${id}::text)`;
};

interface RemindersAsked {
  readonly unreadOnly: boolean;
  readonly after: string;
  readonly limit: number;
}

/** Newest first. Refuses `page.cursor_invalid`. */
export const listReminders = async (tx: SqlTx, actor: TaskActor, { unreadOnly, after, limit }: RemindersAsked) => {
  const reminders = await rowsOf<ReminderRow>(
    tx,
    sql`SELECT ${COLUMNS}, NOT ${isUnread(actor)} AS read FROM procedure.reminder
        WHERE ${sentTo(actor)} ${unreadOnly ? sql`AND ${isUnread(actor)}` : empty} ${afterPlace(after)}
        ORDER BY created_at DESC, id DESC LIMIT ${limit}`,
  );
  const last = reminders.length < limit ? undefined : reminders.at(-1);
  return { reminders, next: last ? `${last.createdAt.getTime()}~${last.id}` : '' };
};

export const countUnread = async (tx: SqlTx, actor: TaskActor): Promise<number> => {
  const [row] = await rowsOf<{ n: number }>(
    tx,
    sql`SELECT count(*)::int AS n FROM
          (SELECT 1 FROM procedure.reminder WHERE ${sentTo(actor)} AND ${isUnread(actor)} LIMIT ${MOST_COUNTED}) found`,
  );
  return row?.n ?? 0;
};

/** Marks the message as read by the person and returns it; undefined if it is not theirs. A repeated call changes nothing. */
export const markRead = async (tx: SqlTx, actor: TaskActor, id: string, now: Date): Promise<ReminderRow | undefined> => {
  const [found] = await rowsOf<ReminderRow>(
    tx,
    sql`SELECT ${COLUMNS}, TRUE AS read FROM procedure.reminder WHERE id = ${id} AND ${sentTo(actor)}`,
  );
  if (!found) return undefined;
  await execute(
    tx,
    sql`INSERT INTO procedure.reminder_read (reminder_id, person, at) VALUES (${id}, ${actor.officerId}, ${now}) ON CONFLICT DO NOTHING`,
  );
  return found;
};
