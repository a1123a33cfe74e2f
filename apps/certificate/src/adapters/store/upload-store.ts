// What the ministry's platform has acknowledged, as exchange told it. All about one institution arrives in order, so what
// is told last holds; a thousand numbers are one statement.
import { execute } from '@hengji/messaging';
import sql, { type Sql } from 'sql-template-tag';
import type { UploadState } from '../../domain/certificate';
import type { Tx } from './database';

const noteSql = (numbers: string, state: 'UPLOADED' | 'WITHDRAWN'): Sql => sql`
  INSERT INTO upload (number, state) SELECT number, ${state} FROM json_array_elements_text(${numbers}::json) AS number ORDER BY number
  ON CONFLICT (number) DO UPDATE SET state = excluded.state WHERE upload.state <> excluded.state`;

/** Notes the state of the numbers, also of those whose certificate is not known yet. Harmless the second time. */
export const noteUploads = async (tx: Tx, numbers: readonly string[], state: Exclude<UploadState, 'NONE'>): Promise<void> => {
  await execute(tx, noteSql(JSON.stringify(numbers), state));
};

/** Forgets every state; they are to be noted again. */
export const forgetUploads = (tx: Tx): Promise<number> => execute(tx, sql`DELETE FROM upload`);
