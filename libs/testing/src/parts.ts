// Starts a service in a test through the same compose function that main.ts calls; the service is stopped with the suite.
import { startAll, type Part } from '@hengji/host';
import { closeAfterSuite } from './cleanup';

/** Starts the parts; returns `stop`, which the end of the suite also calls. */
export const startParts = async (parts: readonly Part[]): Promise<() => Promise<void>> => closeAfterSuite(await startAll(parts));

/** The address of the parts' gRPC server. */
export const grpcAddress = (parts: readonly Part[]): string => {
  const server = parts.find((part): part is Part & { address(): string } => 'address' in part);
  if (!server) throw new Error('no gRPC server among the parts');
  return server.address();
};

/** The port of the parts' health server. */
export const healthPort = (parts: readonly Part[]): number => {
  const server = parts.find((part): part is Part & { port(): number } => part.name === 'health' && 'port' in part);
  if (!server) throw new Error('no health server among the parts');
  return server.port();
};
