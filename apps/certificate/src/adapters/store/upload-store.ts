// What the ministry's platform has acknowledged, as exchange tells it. One statement for a thousand numbers; which
// state may follow which is read off the life cycle.
import { type UploadAction, UPLOAD_LIFECYCLE, type UploadState } from '../../domain/certificate';
import type { Tx } from './database';

/** The state that an action leads to, and those that it leads from. */
const moveOf = (action: UploadAction): { readonly to: UploadState; readonly from: readonly string[] } => {
  const cells = Object.entries(UPLOAD_LIFECYCLE).flatMap(([from, row]) =>
    Object.entries(row).flatMap(([known, to]) => (known === action ? [{ from, to }] : [])),
  );
  const [first] = cells;
  if (first === undefined) throw new Error(`no state allows ${action}`);
  return { to: first.to, from: cells.map(({ from }) => from) };
};

const MOVE = `
  INSERT INTO upload (number, state) SELECT number, $2 FROM json_array_elements_text($1::json) AS number ORDER BY number
  ON CONFLICT (number) DO UPDATE SET state = excluded.state
  WHERE upload.state = ANY(ARRAY(SELECT json_array_elements_text($3::json)))`;

/** Moves the uploads; those that are there already stay. Numbers not yet known are kept for when their certificate comes. */
export const moveUploads = async (tx: Tx, action: UploadAction, numbers: readonly string[]): Promise<void> => {
  const { to, from } = moveOf(action);
  await tx.$executeRawUnsafe(MOVE, JSON.stringify(numbers), to, JSON.stringify(from));
};
