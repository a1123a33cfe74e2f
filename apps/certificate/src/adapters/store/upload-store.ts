// The acknowledgements of the ministry's platform, as exchange published them. Events about one institution arrive in order, so the last
// event is right; a thousand numbers are one statement.
import { execute } from '@hengji/messaging';
import sql, { type Sql } from 'sql-template-tag';
import type { UploadState } from '../../domain/certificate';
import type { Tx } from './database';

const noteSql = (numbers: string, state: 'UPLOADED' | 'WITHDRAWN'): Sql => sql`
  INSERT INTO upload (number, state) SELECT number, ${state} FROM json_array_elements_text(${numbers}::json) AS number ORDER BY number
  ON CONFLICT (number) DO UPDATE SET state = excluded.state WHERE upload.state <> excluded.state`;

/** Stores the state of the numbers, also where the certificate is not known yet. A repeat changes nothing. */
export const noteUploads = async (tx: Tx, numbers: readonly string[], state: Exclude<UploadState, 'NONE'>): Promise<void> => {
  await execute(tx, noteSql(JSON.stringify(numbers), state));
};

/** Deletes every state; the caller stores them again. */
export const forgetUploads = (tx: Tx): Promise<number> => execute(tx, sql`DELETE FROM upload`);
