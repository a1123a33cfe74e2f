// What the matrix asks of every kind of decision: people prepare it, the services carry it out, and every effect is counted. And
// what all kinds have in common: an officer who insists, and what each service holds.
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
  /** From the officer's word until every service has done its part, whatever dies meanwhile. */
  carryOut(): Promise<void>;
  /** Each effect exactly once, counted where a second time would show. */
  expectOnce(): Promise<void>;
}

export interface Decision {
  readonly name: string;
  /** All that people do before. A decision about an earlier one of its story finds it carried out. */
  prepare(): Promise<Prepared>;
}

/** Decisions that build on one another, about a subject that no story had before. */
export type Story = readonly Decision[];

/**
 * Each service dies several times within this, and its consumers come back each time. Looked at now and then: the look takes a
 * processor on which somebody is just starting.
 */
export const PATIENTLY = { withinMs: 240_000, longestPauseMs: 500 };

const lookAt = ({ signer }: Office, orderId: string): Promise<OrderJson> => signer.get<OrderJson>(`/orders/${orderId}`);

/** Its answer may be what is lost: then the officer looks, and says it again if it does not count. */
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

/** The order once it is as wanted; who is just starting is asked again. */
export const orderOnce = (office: Office, orderId: string, wanted: (order: OrderJson) => boolean): Promise<OrderJson> =>
  until(() => lookAt(office, orderId), wanted, PATIENTLY);

export type Held = 'held' | 'held in part' | 'let go' | 'never held';

const HELD = `
  SELECT CASE WHEN released_at IS NOT NULL THEN 'let go' WHEN except_scopes <> '[]' THEN 'held in part' ELSE 'held' END AS held
  FROM messaging.hold WHERE order_id = $1`;

/** What each service holds for the order: all of them must be so far, or it is not carried out. */
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
