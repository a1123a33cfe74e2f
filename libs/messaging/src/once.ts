// Requests that change something carry an id chosen by the caller. The first time the work is done and its answer kept,
// in the same transaction; every later time the kept answer is given. Two at once: the second waits at the insert.
import { createHash } from 'node:crypto';
import { Refusal } from '@hengji/domain-kit';
import sql from 'sql-template-tag';
import { execute, rowsOf, type SqlTx } from './sql';

/** How an answer is kept; ts-proto generates one object of this shape per message. */
export interface AnswerCodec<T> {
  encode(message: T): { finish(): Uint8Array };
  decode(bytes: Uint8Array): T;
}

/** Names a request by its method and its content, for `once`: another content under the same id is refused. */
export const requestOf = <T>(method: string, codec: AnswerCodec<T>, request: T): string =>
  `${method}:${createHash('sha256').update(codec.encode(request).finish()).digest('hex')}`;

const MAX_REQUEST_ID = 200;

/**
 * Does the work once per request id. All of it in `tx`; what the work throws leaves no trace if the caller rolls back.
 * `what` says which request it is (see `requestOf`). Refuses: invalid `request.id_missing`, conflict `request.reused`.
 */
// eslint-disable-next-line max-params -- a sentence: within tx, once per request id, what is asked, how it is kept, the work.
export const once = async <T>(tx: SqlTx, requestId: string, what: string, codec: AnswerCodec<T>, work: () => Promise<T>): Promise<T> => {
  if (requestId === '' || requestId.length > MAX_REQUEST_ID) {
    throw new Refusal('invalid', 'request.id_missing', '请求编号不能为空，且不超过200个字符', { field: 'request_id' });
  }
  const first = await execute(
    tx,
    sql`INSERT INTO messaging.request (request_id, what) VALUES (${requestId}, ${what}) ON CONFLICT (request_id) DO NOTHING`,
  );
  if (first === 0) return keptAnswer(tx, { requestId, what }, codec);
  const answer = await work();
  const bytes = Buffer.from(codec.encode(answer).finish());
  await execute(tx, sql`UPDATE messaging.request SET answer = ${bytes} WHERE request_id = ${requestId}`);
  return answer;
};

interface Named {
  readonly requestId: string;
  readonly what: string;
}

/** The answer kept for just this request; undefined when there is none, or the id was used for another. */
export const findKeptAnswer = async <T>(tx: SqlTx, { requestId, what }: Named, codec: AnswerCodec<T>): Promise<T | undefined> => {
  const rows = await rowsOf<{ answer: Uint8Array | null }>(
    tx,
    sql`SELECT answer FROM messaging.request WHERE request_id = ${requestId} AND what = ${what}`,
  );
  const answer = rows[0]?.answer;
  return answer ? codec.decode(answer) : undefined;
};

const keptAnswer = async <T>(tx: SqlTx, named: Named, codec: AnswerCodec<T>): Promise<T> => {
  const kept = await findKeptAnswer(tx, named, codec);
  // No answer yet means the same transaction asks twice: a nested use of one id, which is another request.
  if (kept === undefined) throw new Refusal('conflict', 'request.reused', '同一请求编号已用于另一请求', { field: 'request_id' });
  return kept;
};
