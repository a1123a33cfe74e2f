// How soon a consumer that was killed counts as dead at a broker of ours. Kafka's own least is six seconds, which a suite that
// kills services would wait for each time.
export const SHORTEST_SESSION_MS = 1_000;
