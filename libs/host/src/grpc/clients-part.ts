// The clients of other services as a part.
import type { Part } from '../part';

/** Clients connect with their first call; `stop` closes their channels. */
export const clientsPart = (clients: readonly { close(): void }[]): Part => ({
  name: 'clients',
  start: async () => undefined,
  stop: async () => clients.forEach((client) => client.close()),
});
