// How a request writes: the change and its act are in one transaction. A service lists its RPCs in a table closed over the contract
// (`ActTable`): an RPC without a row does not compile. The handler of a writing RPC gets its answer only through `recordedOnce` or
// `recorded`, which require the record that was acted on. No write path can therefore omit its act.
import { hash } from 'node:crypto';
import type { Actor } from '@hengji/contracts/meta/v1/meta';
import { once, requestOf, type AnswerCodec, type SqlTx } from '@hengji/messaging';
import type { Act, ActedOn, Principal } from './act';
import { keepAct } from './keep-act';
import { principalOf } from './principal';

/** An RPC that writes, or that returns full personal data. */
export interface Recorded {
  /** Kind of the record that is acted on. */
  readonly on: string;
  /** For access to full personal data: the purpose (Chinese). */
  readonly purpose?: string;
}

/** RPC → how it is recorded; `'reads'` writes nothing and returns no full personal data. An RPC without a row does not compile. */
export type ActTable<Methods> = Readonly<Record<keyof Methods, Recorded | 'reads'>>;

/** The RPCs of the table that record an act. */
export type RecordedMethod<Table> = {
  [Method in keyof Table]: Table[Method] extends 'reads' ? never : Method;
}[keyof Table] &
  string;

/** A request with its actor, as far as its act needs it. */
export interface Doing {
  readonly by: Principal;
  readonly what: string;
  readonly kind: string;
  readonly purpose: string;
  readonly requestId: string;
  readonly evidence: readonly string[];
  readonly orderId: string;
  readonly caseId: string;
}

/** A request that may be repeated under its id. */
export interface DoingOnce extends Doing {
  /** Method and content; see `requestOf`. */
  readonly request: string;
}

/** What was done: the answer, and the record. The request's evidence, order and case apply unless they are set here. */
export interface Done<T> extends Partial<Pick<Act, 'evidence' | 'orderId' | 'caseId'>> {
  readonly answer: T;
  readonly on: Omit<ActedOn, 'kind'>;
}

interface Request {
  readonly requestId?: string | undefined;
  readonly actor?: Actor | undefined;
  readonly orderId?: string | undefined;
  readonly caseId?: string | undefined;
  readonly documentId?: string | undefined;
  readonly attachmentIds?: readonly string[] | undefined;
}

interface Call {
  readonly caller: string;
}

const capitalised = (method: string): string => method.charAt(0).toUpperCase() + method.slice(1);

const evidenceOf = ({ attachmentIds = [], documentId }: Request): string[] => [...attachmentIds, ...(documentId ? [documentId] : [])];

/** Derives acts from the requests of one gRPC service, as its table defines. */
export const actsOf = <Table extends Readonly<Record<string, Recorded | 'reads'>>>(table: Table) => {
  const doing = (method: RecordedMethod<Table>, request: Request, { caller }: Call): Doing => {
    const row = table[method];
    if (row === undefined || row === 'reads') throw new Error(`${method} leaves no act`);
    return {
      by: principalOf(request.actor, caller),
      what: capitalised(method),
      kind: row.on,
      purpose: row.purpose ?? '',
      requestId: request.requestId ?? '',
      evidence: evidenceOf(request),
      orderId: request.orderId ?? '',
      caseId: request.caseId ?? '',
    };
  };
  return {
    doing,
    /** The same for a request with an id. All fields besides the id decide whether it is the same request. */
    doingOnce: <R extends Request & { requestId: string }>(
      method: RecordedMethod<Table>,
      codec: AnswerCodec<R>,
      request: R,
      call: Call,
    ): DoingOnce => ({ ...doing(method, request, call), request: requestOf(capitalised(method), codec, { ...request, requestId: '' }) }),
  };
};

/** Does the work and writes its act, both in `tx`. */
export const recorded = async <T>(tx: SqlTx, doing: Doing, work: () => Promise<Done<T>>): Promise<T> => {
  const { answer, on, ...said } = await work();
  const { by, what, kind, purpose, requestId, evidence, orderId, caseId } = doing;
  await keepAct(tx, { by, what, purpose, requestId, evidence, orderId, caseId, ...said, on: { kind, ...on } });
  return answer;
};

/**
 * The same once per request id: a repeated request gets the stored answer, and no further act is written. Refuses: invalid
 * `request.id_missing`, conflict `request.reused`.
 */
export const recordedOnce = <T>(tx: SqlTx, doing: DoingOnce, codec: AnswerCodec<T>, work: () => Promise<Done<T>>): Promise<T> =>
  once(tx, doing.requestId, doing.request, codec, () => recorded(tx, doing, work));

/**
 * For the many records of one message: the first of them, their number, and the SHA-256 over their ids joined by LF; their institution if
 * they share one.
 */
export const onBatch = (
  records: readonly { readonly id: string; readonly institution: string }[],
): Pick<Done<never>, 'on' | 'evidence'> => {
  const institutions = new Set(records.map(({ institution }) => institution));
  const ids = records.map(({ id }) => id);
  return {
    on: { id: ids[0] ?? '', institution: institutions.size === 1 ? (records[0]?.institution ?? '') : '' },
    evidence: [`count:${ids.length}`, `sha256:${hash('sha256', ids.join('\n'))}`],
  };
};
