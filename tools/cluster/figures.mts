// What the figures of an order say about its effects.

/** What the program `order` says of one order in its last line. */
export interface OrderFigures {
  readonly completedMs: number;
  readonly residual: number;
  /** Requests of the officers that were made again, because a service was away */
  readonly retriedRequests: number;
  readonly rows: readonly { readonly matched: number; readonly changed: number; readonly already: number }[];
}

/** The last line that a program printed, as JSON. */
export const lastLine = <T,>(printed: string): T => JSON.parse(printed.trim().split('\n').at(-1) ?? '') as T;

/** A row that was carried out a second time finds its records done already; a row that lost one leaves it behind. */
export const effectsOf = ({ rows, residual }: OrderFigures): { effectsTwice: number; lost: number } => ({
  effectsTwice: rows.reduce((total, { already }) => total + already, 0),
  lost: rows.reduce((total, { matched, changed, already }) => total + matched - changed - already, residual),
});
