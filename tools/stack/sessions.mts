// The time after which our broker treats a killed consumer as dead. Kafka's own minimum is six seconds, and a suite that
// kills services would wait that long each time.
export const SHORTEST_SESSION_MS = 1_000;
