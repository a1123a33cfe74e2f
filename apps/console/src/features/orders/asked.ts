// What every button of an order's page is given, and why one is not there.
import type { OrderJson } from '../../api';

export interface Asked {
  readonly order: OrderJson;
  readonly busy: boolean;
  /** Does it and shows the answer; a refusal is shown on the page. */
  readonly act: (work: () => Promise<OrderJson>) => Promise<void>;
  /** Does it and shows the answer; a refusal is thrown, for dialogues that show it themselves. */
  readonly write: (work: () => Promise<OrderJson>) => Promise<void>;
}

/** Why the action cannot be taken now by the person who reads; absent when it can. */
export const obstacleTo = ({ obstacles }: Pick<OrderJson, 'obstacles'>, action: string): string | undefined =>
  obstacles.find((one) => one.action === action)?.words;
