// The steps of every agency request: signature, idempotency key, active fault, work, answer.
import { createHash } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import type { Answered } from '../../domain/answered';
import type { AgencyName, Fault, FaultBoard } from '../../domain/faults';

export interface AgencyRequestOptions {
  readonly faults: FaultBoard;
  readonly answers: Answered;
  readonly checkSignature: (request: Request, body: string) => string | undefined;
  /** Called for each request that is answered, or would be without the fault. */
  readonly seen: (agency: AgencyName, requestId: string) => void;
}

/** The rows of a request and the function for each; `work` returns its code. Throws BadBody. */
export interface Work {
  readonly numbers: readonly string[];
  readonly work: (position: number) => string;
  /** Fields of the answer beside its rows. */
  readonly more?: object;
}

export class BadBody extends Error {}

const MAX_ROWS = 1_000;

const refuse = (response: Response, status: number, title: string): void => {
  response
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', status, title }));
};

const spoil = <Row>(rows: readonly Row[], fault: Fault | undefined): readonly Row[] => {
  const [first] = rows;
  if (fault?.fault === 'wrongRowCount') return rows.slice(1);
  if (fault?.fault === 'duplicateRow' && first !== undefined) return [...rows.slice(0, -1), first, ...(rows.length === 1 ? [first] : [])];
  return rows;
};

const reply = (response: Response, fault: Fault | undefined, body: object): void => {
  if (fault?.fault === 'lostAnswer') {
    response.socket?.destroy();
    return;
  }
  if (fault?.fault !== 'slow') {
    response.json(body);
    return;
  }
  const timer = setTimeout(() => response.json(body), fault.delayMs);
  response.on('close', () => clearTimeout(timer));
};

/** The ids in the answer. */
export interface AnswersAs {
  readonly requestId: string;
  readonly receiptNo: string;
}

/** A handler for one path of one agency; `read` converts the body into work. */
export const agencyRequest =
  (o: AgencyRequestOptions, agency: AgencyName, read: (body: unknown, fault: Fault | undefined, as: AnswersAs) => Work): RequestHandler =>
  (request, response) => {
    const text = typeof request.body === 'string' ? request.body : '';
    const fault = o.faults.take(agency);
    const requestId = request.get('x-request-id') ?? '';
    o.seen(agency, requestId);
    if (fault?.fault === 'down') return void response.socket?.destroy();
    const wrong = o.checkSignature(request, text);
    if (wrong !== undefined) return refuse(response, 401, wrong);
    if (requestId === '') return refuse(response, 400, '缺少 X-Request-Id');
    const bodyHash = createHash('sha256').update(text).digest('hex');
    const known = o.answers.find(agency, requestId);
    if (known && known.bodyHash !== bodyHash) return refuse(response, 409, '同一 X-Request-Id 的内容不同');
    try {
      const receiptNo = known?.receiptNo ?? `${agency}-${bodyHash.slice(0, 12)}`;
      const { numbers, work, more = {} } = read(JSON.parse(text), fault, { requestId, receiptNo });
      if (numbers.length > MAX_ROWS) return refuse(response, 413, `每次最多${MAX_ROWS}行`);
      const codes = known ? (known.codes ?? numbers.map(() => '00')) : numbers.map((_, i) => work(i));
      if (!known) o.answers.keep(agency, requestId, { bodyHash, codes, receiptNo });
      const rows = numbers.map((number, i) => ({ number, code: codes[i] ?? '99' }));
      return reply(response, fault, { requestId, receiptNo, ...more, rows: spoil(rows, fault) });
    } catch (failure) {
      if (failure instanceof SyntaxError || failure instanceof BadBody) return refuse(response, 400, failure.message);
      throw failure;
    }
  };
