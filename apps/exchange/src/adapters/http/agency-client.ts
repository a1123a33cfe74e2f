// One signed request to an agency. Returns the answer after a check of its shape, or throws an AgencyFailure that describes the fault in
// one line. This module retries nothing and decides nothing.
import { z } from 'zod';
import type { Config } from '../../config';
import type { AnswerRow } from '../../domain/answer';
import { PATHS, type Agency, type MessageKind } from '../../domain/message';
import type { TransferDecision } from '../../domain/transfer';
import { isReceiptSigned, signRequest, type Signer } from './sign-request';

export interface AgencyClientOptions {
  readonly addresses: Readonly<Record<Agency, string>>;
  readonly signer: Signer;
  readonly timeoutMs: number;
}

/** The configured addresses and limits of the agencies. */
export const agenciesOf = (config: Config): AgencyClientOptions => ({
  addresses: {
    MINISTRY: config.MINISTRY_URL,
    POLICE: config.POLICE_URL,
    MARKET_REGULATOR: config.MARKET_REGULATOR_URL,
    DISCIPLINE: config.DISCIPLINE_URL,
  },
  signer: { appId: config.AGENCY_APP_ID, secret: config.AGENCY_SECRET },
  timeoutMs: config.AGENCY_TIMEOUT_MS,
});

export interface AgencyRequest {
  readonly agency: Agency;
  readonly kind: MessageKind;
  /** The idempotency key: the message's id. */
  readonly messageId: string;
  readonly body: object;
  /** The subject of an inquiry; other kinds of messages have none. */
  readonly about?: string;
  readonly now: Date;
}

export interface AgencyAnswer {
  readonly rows: readonly AnswerRow[];
  readonly receiptNo: string;
  /** For a transfer: the package hash that the agency signed for, in hex. */
  readonly packageSha256: string;
  /** For an inquiry: null while the agency has made no decision. */
  readonly decision: TransferDecision | null;
}

export type CallAgency = (request: AgencyRequest, stop: AbortSignal) => Promise<AgencyAnswer>;

/** The try failed; the agency may have carried out the request all the same. */
export class AgencyFailure extends Error {
  override readonly name = 'AgencyFailure';
}

const LINE = z.string().regex(/^\P{Cc}*$/u);
const DECISION = z.object({ accepted: z.boolean(), decisionNo: LINE.min(1).max(100), reason: LINE.max(1_000).default('') });
const ANSWER = z.object({
  rows: z.array(z.object({ number: z.string().max(64), code: z.string().max(8) })).max(5_000),
  receiptNo: LINE.max(100).default(''),
  packageSha256: z
    .string()
    .regex(/^([0-9a-f]{64})?$/)
    .default(''),
  receiptSign: LINE.max(128).default(''),
  decision: DECISION.nullable().default(null),
});
const MAX_DETAIL = 200;
/** Far more than 5,000 rows need; the client stops reading an answer that is longer. */
const MAX_ANSWER_BYTES = 2 * 1024 * 1024;

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/** The whole answer as text. Throws AgencyFailure when the answer is too long or not UTF-8; network errors pass through. */
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

/** The agency's text for the record: short, and without characters that a database cannot store. */
const quoted = (text: string): string => text.slice(0, MAX_DETAIL).replace(/\p{Cc}/gu, ' ');

const causeOf = (failure: unknown): string => {
  if (!(failure instanceof Error)) return String(failure);
  const { cause } = failure;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return code || failure.message;
};

const unreached = (failure: unknown): AgencyFailure => new AgencyFailure(`未能连通对方:${causeOf(failure).slice(0, MAX_DETAIL)}`);

const parse = (text: string): z.infer<typeof ANSWER> => {
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
    const { about } = request;
    const path = PATHS[request.kind] + (about === undefined ? '' : `/${encodeURIComponent(about)}`);
    const url = new URL(addresses[request.agency].replace(/\/$/, '') + path);
    const method = about === undefined ? 'POST' : 'GET';
    const body = about === undefined ? JSON.stringify(request.body) : '';
    const headers = {
      'content-type': 'application/json',
      'x-request-id': request.messageId,
      ...signRequest(signer, { method, url, body, now: request.now }),
    };
    const patience = AbortSignal.timeout(timeoutMs);
    let status: number;
    let text: string;
    try {
      const response = await fetch(url, {
        ...{ method, headers, signal: AbortSignal.any([stop, patience]) },
        ...(method === 'POST' ? { body } : {}),
      });
      status = response.status;
      text = await readText(response);
    } catch (failure) {
      if (failure instanceof AgencyFailure) throw failure;
      throw patience.aborted ? new AgencyFailure(`对方${timeoutMs}毫秒内未答复`) : unreached(failure);
    }
    if (status !== 200) throw new AgencyFailure(`对方答复HTTP ${status}:${quoted(text)}`);
    const { receiptSign, ...answer } = parse(text);
    if (request.kind === 'transfer' && !isReceiptSigned(signer, request.messageId, { ...answer, receiptSign }))
      throw new AgencyFailure('回执签名不符');
    return answer;
  };
