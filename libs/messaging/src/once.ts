// Requests that change data carry an id chosen by the caller. The first request does the work and stores the answer, in the same
// transaction; every repetition gets the stored answer. Of two concurrent requests the second waits at the insert.
import { createHash } from 'node:crypto';
import { Refusal } from '@hengji/domain-kit';
import sql from 'sql-template-tag';
import { execute, rowsOf, type SqlTx } from './sql';

/** How an answer is stored; ts-proto generates one object of this shape per message. */
export interface AnswerCodec<T> {
  encode(message: T): { finish(): Uint8Array };
  decode(bytes: Uint8Array): T;
}

/** Names a request by its method and its content, for `once`: the same id with other content is refused. */
export const requestOf = <T>(method: string, codec: AnswerCodec<T>, request: T): string =>
  `${method}:${createHash('sha256').update(codec.encode(request).finish()).digest('hex')}`;

const MAX_REQUEST_ID = 200;

/**
 * Does the work once per request id. All of it in `tx`; if the work throws and the caller rolls back, nothing is stored. `what` names the
 * request (see `requestOf`). Refuses: invalid `request.id_missing`, conflict `request.reused`.
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

/** The answer stored for exactly this request; undefined when there is none, or the id was used for another request. */
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
  // A missing answer means that the same transaction uses the id twice: the nested use is another request.
  if (kept === undefined) throw new Refusal('conflict', 'request.reused', '同一请求编号已用于另一请求', { field: 'request_id' });
  return kept;
};
