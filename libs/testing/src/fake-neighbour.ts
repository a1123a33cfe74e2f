// A fake of another service at the generated gRPC interface. The service under test calls the fake over a real socket,
// with real metadata, trailers and deadlines, so no code of ours is mocked.
import { createLog, grpcServer, grpcService, type CallerContext, type CallerTable } from '@hengji/host';
import type { ServiceImplementation, TsProtoServiceDefinition } from 'nice-grpc';
import { TEST_CALLER_SECRET } from './environment';
import { startParts } from './parts';

export interface FakeNeighbour {
  /** host:port for the config of the service under test. */
  readonly address: string;
  stop(): Promise<void>;
}

type FakeService = ReturnType<typeof grpcService>;

/** One gRPC service of a fake that serves several. */
export const fakeService = <D extends TsProtoServiceDefinition>(
  definition: D,
  partial: Partial<ServiceImplementation<D, CallerContext>>,
): FakeService => {
  const missing = (method: string) => () => {
    throw new Error(`the fake ${definition.fullName} was not given ${method}`);
  };
  const methods = Object.keys(definition.methods);
  const implementation = { ...Object.fromEntries(methods.map((method) => [method, missing(method)])), ...partial };
  const everyone: Readonly<Record<string, readonly string[]>> = Object.fromEntries(methods.map((method) => [method, ['*']]));
  // The type of Object.fromEntries loses the keys of `methods`.
  return grpcService(definition, implementation as ServiceImplementation<D, CallerContext>, everyone as CallerTable<D['methods']>);
};

/**
 * Serves `definition` on a free port to any authenticated caller until the suite ends. Other methods fail as INTERNAL, and
 * the log of the test names them.
 */
export const fakeNeighbour = async <D extends TsProtoServiceDefinition>(
  definition: D,
  partial: Partial<ServiceImplementation<D, CallerContext>>,
  ...beside: readonly FakeService[]
): Promise<FakeNeighbour> => {
  const server = grpcServer({
    host: '127.0.0.1',
    port: 0,
    callerSecret: TEST_CALLER_SECRET,
    log: createLog(`fake ${definition.name}`, 'error'),
    services: [fakeService(definition, partial), ...beside],
  });
  const stop = await startParts([server]);
  return { address: server.address(), stop };
};
