// The interface of every kind of decision in the matrix: people prepare it, the services carry it out, and every effect is
// counted. Also the functions that all kinds share: an officer who repeats a request, and the holds of each service.
import { query, until } from '@hengji/testing';
import type { Officer } from '../../../../tools/province/src/officer';
import type { OrderJson, Running } from '../running-platform';
import { SERVICES } from './doors';

export interface Office {
  readonly running: Running;
  readonly drafter: Officer;
  readonly signer: Officer;
}

export interface Prepared {
  /** From the officer's request until every service has done its part, whichever process is killed meanwhile. */
  carryOut(): Promise<void>;
  /** Each effect exactly once, counted where a second time would show. */
  expectOnce(): Promise<void>;
}

export interface Decision {
  readonly name: string;
  /** All preparations by people. A decision about an earlier one of its story finds the earlier one carried out. */
  prepare(): Promise<Prepared>;
}

/** Decisions that build on one another, about a subject that no earlier story used. */
export type Story = readonly Decision[];

/**
 * Each service is killed several times within this limit, and its consumers rejoin each time. The reads are rare, because
 * each read uses a processor on which a service may be starting.
 */
export const PATIENTLY = { withinMs: 240_000, longestPauseMs: 500 };

const lookAt = ({ signer }: Office, orderId: string): Promise<OrderJson> => signer.get<OrderJson>(`/orders/${orderId}`);

/** The answer may be lost. The officer then checks whether the request took effect, and repeats the request if it did not. */
export const insist = async (say: () => Promise<unknown>, counts: () => Promise<boolean>): Promise<void> => {
  const said = (): Promise<string> =>
    say().then(
      () => 'said',
      async (failure: unknown) => ((await counts()) ? 'said' : String(failure)),
    );
  await until(said, (answer) => answer === 'said', PATIENTLY);
};

export const signed = (office: Office, { orderId }: OrderJson): Promise<void> =>
  insist(
    () => office.signer.post(`/orders/${orderId}/sign`, {}),
    async () => (await lookAt(office, orderId)).signedAt !== undefined,
  );

/** The order once it satisfies the condition; a service that is just starting is asked again. */
export const orderOnce = (office: Office, orderId: string, wanted: (order: OrderJson) => boolean): Promise<OrderJson> =>
  until(() => lookAt(office, orderId), wanted, PATIENTLY);

export type Held = 'held' | 'held in part' | 'let go' | 'never held';

const HELD = `
  SELECT CASE WHEN released_at IS NOT NULL THEN 'let go' WHEN except_scopes <> '[]' THEN 'held in part' ELSE 'held' END AS held
  FROM messaging.hold WHERE order_id = $1`;

/** The holds of each service for the order. The order is carried out only if all services have reached the expected state. */
export const holdsBecome = async ({ running }: Office, orderId: string, wanted: Held): Promise<void> => {
  const heldBy = async (service: string): Promise<Held> =>
    (await query<{ held: Held }>(running.platform.databaseUrl(service), HELD, [orderId]))[0]?.held ?? 'never held';
  const all = SERVICES.filter((service) => service !== 'enforcement');
  await until(
    () => Promise.all(all.map(heldBy)),
    (held) => held.every((one) => one === wanted),
    PATIENTLY,
  );
};
