// One signed request to an agency: its answer, read and checked for shape, or an AgencyFailure that says in one line what
// went wrong. Nothing is retried here, and nothing is decided.
import { z } from 'zod';
import type { AnswerRow } from '../../domain/answer';
import { PATHS, type Agency, type MessageKind } from '../../domain/message';
import { signRequest, type Signer } from './sign-request';

export interface AgencyClientOptions {
  readonly addresses: Readonly<Record<Agency, string>>;
  readonly signer: Signer;
  readonly timeoutMs: number;
}

export interface AgencyRequest {
  readonly agency: Agency;
  readonly kind: MessageKind;
  /** The idempotency key: the message's id. */
  readonly messageId: string;
  readonly body: object;
  readonly now: Date;
}

export interface AgencyAnswer {
  readonly rows: readonly AnswerRow[];
  readonly receiptNo: string;
}

export type CallAgency = (request: AgencyRequest, stop: AbortSignal) => Promise<AgencyAnswer>;

/** The try failed; the agency may have done what we asked all the same. */
export class AgencyFailure extends Error {
  override readonly name = 'AgencyFailure';
}

const ANSWER = z.object({
  rows: z.array(z.object({ number: z.string().max(64), code: z.string().max(8) })).max(5_000),
  receiptNo: z
    .string()
    .max(100)
    .regex(/^\P{Cc}*$/u)
    .default(''),
});
const MAX_DETAIL = 200;
/** Far more than 5,000 rows need; an agency that sends without end is not read without end. */
const MAX_ANSWER_BYTES = 2 * 1024 * 1024;

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/** The whole answer as text. Throws AgencyFailure when it is too long or not UTF-8; what the network throws goes through. */
const readText = async (response: Response): Promise<string> => {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of response.body ?? []) {
    bytes += piece.length;
    if (bytes > MAX_ANSWER_BYTES) throw new AgencyFailure(`对方答复超过${MAX_ANSWER_BYTES}字节`);
    pieces.push(piece);
  }
  try {
    return strictUtf8.decode(Buffer.concat(pieces));
  } catch {
    throw new AgencyFailure('对方答复不是UTF-8');
  }
};

/** A stranger's words for the record: short, and without what a database cannot store. */
const quoted = (text: string): string => text.slice(0, MAX_DETAIL).replace(/\p{Cc}/gu, ' ');

const causeOf = (failure: unknown): string => {
  if (!(failure instanceof Error)) return String(failure);
  const { cause } = failure;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return code || failure.message;
};

const unreached = (failure: unknown): AgencyFailure => new AgencyFailure(`未能连通对方:${causeOf(failure).slice(0, MAX_DETAIL)}`);

const parse = (text: string): AgencyAnswer => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new AgencyFailure('对方答复不是JSON');
  }
  const parsed = ANSWER.safeParse(json);
  if (!parsed.success) throw new AgencyFailure(`对方答复格式不符:${parsed.error.issues[0]?.path.join('.') ?? ''}`);
  return parsed.data;
};

/** Calls agencies at their addresses. Throws AgencyFailure. */
export const agencyClient =
  ({ addresses, signer, timeoutMs }: AgencyClientOptions): CallAgency =>
  async (request, stop) => {
    const url = new URL(addresses[request.agency].replace(/\/$/, '') + PATHS[request.kind]);
    const body = JSON.stringify(request.body);
    const headers = {
      'content-type': 'application/json',
      'x-request-id': request.messageId,
      ...signRequest(signer, { method: 'POST', url, body, now: request.now }),
    };
    const patience = AbortSignal.timeout(timeoutMs);
    let status: number;
    let text: string;
    try {
      const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.any([stop, patience]) });
      status = response.status;
      text = await readText(response);
    } catch (failure) {
      if (failure instanceof AgencyFailure) throw failure;
      throw patience.aborted ? new AgencyFailure(`对方${timeoutMs}毫秒内未答复`) : unreached(failure);
    }
    if (status !== 200) throw new AgencyFailure(`对方答复HTTP ${status}:${quoted(text)}`);
    return parse(text);
  };
