// A refusal is an answer that the caller must hear. Anything else that is thrown is a defect.

/** Kinds decide status and retry; reasons (many, owned by the services) say which rule. */
export const REFUSAL_STATUS = {
  invalid: { http: 400, grpc: 3 },
  unauthenticated: { http: 401, grpc: 16 },
  forbidden: { http: 403, grpc: 7 },
  notFound: { http: 404, grpc: 5 },
  conflict: { http: 409, grpc: 10 },
  illegalMove: { http: 409, grpc: 9 },
  tooMuch: { http: 413, grpc: 8 },
  tooOften: { http: 429, grpc: 8 },
  unavailable: { http: 503, grpc: 14 },
} as const satisfies Record<string, { http: number; grpc: number }>;

export type RefusalKind = keyof typeof REFUSAL_STATUS;

/** What the refusal points at: the field and the rule, so that whoever erred can mend it. */
export interface RefusalDetail {
  /** Path of the field in the request, e.g. `payments[3].fen`. */
  readonly field?: string;
  /** The clause or rule that demands it, e.g. `GB 32100-2015`, `rules §7.9`. */
  readonly rule?: string;
}

export class Refusal extends Error {
  override readonly name = 'Refusal';

  /** `reason` is a slug `<noun>.<what>`; `message` is Chinese and may be shown to people. */
  constructor(
    readonly kind: RefusalKind,
    readonly reason: string,
    message: string,
    readonly detail: RefusalDetail = {},
  ) {
    super(message);
  }
}
