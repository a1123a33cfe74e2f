// The properties that every button of an order's page receives, and the reason why a button is missing.
import type { OrderJson } from '../../api';

export interface Asked {
  readonly order: OrderJson;
  readonly busy: boolean;
  /** Runs the action and shows the answer; a refusal is shown on the page. */
  readonly act: (work: () => Promise<OrderJson>) => Promise<void>;
  /** Runs the action and shows the answer; a refusal is thrown, for dialogues that show the refusal themselves. */
  readonly write: (work: () => Promise<OrderJson>) => Promise<void>;
}

/** Why the reader cannot take the action now; absent when the reader can. */
export const obstacleTo = ({ obstacles }: Pick<OrderJson, 'obstacles'>, action: string): string | undefined =>
  obstacles.find((one) => one.action === action)?.words;
