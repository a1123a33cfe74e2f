// The definition of a row of the route table, and how a request becomes its input. The row's schemas check everything before a handler
// runs, so handlers have no checks of their own.
import type { Case, Document } from '@hengji/contracts/enforcement/v1/case';
import type { Remedy } from '@hengji/contracts/enforcement/v1/remedy';
import type { Order } from '@hengji/contracts/enforcement/v1/enforcement_service';
import type { Institution } from '@hengji/contracts/approval/v1/approval';
import type { CountingUp } from '@hengji/host';
import type { Response } from 'express';
import { z } from 'zod';
import type { Role } from '@hengji/province';
import type { Person } from '../../domain/access';
import type { ReadTrustedKeys } from '../clients/trusted-keys';
import type { AskVerify } from '../clients/verify';
import type { Neighbours } from '../clients/neighbours';
import type { Answer } from './answers';
import type { KnownRecovery } from './known';
import type { Permissions } from './me/permissions';
import type { Sessions } from './sign-in/session';

/** Limits of event streams, in milliseconds. */
export interface EventLimits {
  /**
   * The time between two heartbeats; each heartbeat checks that the session still exists. A reader that reads nothing during two heartbeats
   * is dropped.
   */
  readonly beatMs: number;
  /** The longest life of a stream; the browser then opens another stream. */
  readonly lifeMs: number;
}

export interface RouteDeps {
  readonly neighbours: Neighbours;
  readonly askVerify: AskVerify;
  readonly readTrustedKeys: ReadTrustedKeys;
  readonly sessions: Sessions;
  readonly countingUp: CountingUp;
  readonly events: EventLimits;
  /** The pages and acts of a role, by the route table. */
  readonly permissions: (role: Role) => Permissions;
}

/**
 * How territory is checked: by the institution in the path, in the body or in its scope; by the order, case, document, recovery or remedy
 * in the path; or by
 * narrowing the list to the person's territory. A route that touches no institution has no check.
 */
export type Territory =
  | 'institution in path'
  | 'institution in body'
  | 'institution in scope'
  | 'order in path'
  | 'case in path'
  | 'document in path'
  | 'recovery in path'
  | 'remedy in path'
  | 'narrowed list'
  | 'none';

/** The kinds of records that a request names, in the form that the person may read. */
export interface Things {
  readonly institution: Institution;
  readonly order: Order;
  readonly case: Case;
  readonly recovery: KnownRecovery;
  readonly remedy: Remedy;
  readonly document: { readonly document: Document; readonly pdf: Uint8Array; readonly ofCase: Case };
}
export type Kind = keyof Things;

/** The records that the territory check has read, so that handlers need not read them again. */
export type Reached = Partial<Things>;

/** Parsed parts of the request; `person` is absent on public routes. */
export interface Parts<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
}

export interface Input<P, Q, B> extends Parts<P, Q, B> {
  readonly person: Person;
  /** The Idempotency-Key of a write; empty for reads. */
  readonly requestId: string;
  readonly reached: Reached;
  /** Aborted when the caller disconnects. */
  readonly signal: AbortSignal;
}

type Shape = Readonly<Record<string, z.ZodType>>;
/** The output type of a row's shapes after parsing. */
export type Out<S extends Shape> = z.output<z.ZodObject<S>>;

/** The part of the input that every write needs: the person, and the key under which the answer is stored. */
export type Act = Pick<Input<unknown, unknown, unknown>, 'person' | 'requestId'>;
/** The part of the input that a list needs. */
export interface Paging {
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

interface RowOf<P extends Shape, Q extends Shape, B extends Shape, T> {
  readonly method: 'get' | 'post';
  /** Below /api, express form. */
  readonly path: string;
  readonly roles: readonly Role[] | 'public';
  readonly territory: Territory;
  readonly summary: string;
  readonly answers: Answer<T>;
  readonly status?: 200 | 201 | 204;
  /** True when the body is the file itself; its shape is then UPLOAD of cases/shapes.ts. */
  readonly takesFile?: boolean;
  /** The largest body, where 256 kB are too few. */
  readonly mostBody?: string;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** Returns the answer, or undefined when the handler has written the response itself. */
  readonly handle: (deps: RouteDeps, input: Input<Out<P>, Out<Q>, Out<B>>, response: Response) => Promise<NoInfer<T> | undefined>;
}

/** A row in the form that the application and the OpenAPI document use, for any schemas. */
export interface Route {
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly roles: readonly Role[] | 'public';
  readonly territory: Territory;
  readonly summary: string;
  readonly answers: Answer;
  readonly status: 200 | 201 | 204;
  readonly takesFile: boolean;
  readonly mostBody: string;
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  readonly body: z.ZodObject | undefined;
  parse(request: {
    params: unknown;
    query: unknown;
    body: unknown;
  }): Parts<Record<string, unknown>, Record<string, unknown>, Record<string, unknown>>;
  /** Returns the message to send as JSON, or undefined when the handler has written the response itself. */
  handle(
    deps: RouteDeps,
    input: Input<Record<string, unknown>, Record<string, unknown>, Record<string, unknown>>,
    response: Response,
  ): Promise<unknown>;
}

type None = Record<never, never>;

/** Makes one row. The body of a write is a JSON object, `{}` when it has no fields; unknown fields are refused in every body. */
export const route = <T, P extends Shape = None, Q extends Shape = None, B extends Shape = None>(row: RowOf<P, Q, B, T>): Route => {
  const params = z.strictObject(row.params ?? {});
  const query = z.strictObject(row.query ?? {});
  const body = z.strictObject(row.body ?? {});
  return {
    ...row,
    status: row.status ?? 200,
    takesFile: row.takesFile ?? false,
    mostBody: row.mostBody ?? '256kb',
    params,
    query,
    body: row.method === 'post' ? body : undefined,
    parse: (request) => ({
      params: params.parse(request.params),
      query: query.parse(request.query),
      body: row.method === 'post' ? body.parse(request.body ?? {}) : {},
    }),
    // `parse` above has produced exactly these types from the row's own shapes.
    handle: (deps, input, response) => row.handle(deps, input as Input<Out<P>, Out<Q>, Out<B>>, response),
  };
};
