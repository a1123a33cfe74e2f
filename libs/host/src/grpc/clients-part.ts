// The clients of a service's neighbours as a part.
import type { Part } from '../part';

/** Clients connect with their first call; at the end their channels are closed. */
export const clientsPart = (clients: readonly { close(): void }[]): Part => ({
  name: 'clients',
  start: async () => undefined,
  stop: async () => clients.forEach((client) => client.close()),
});
