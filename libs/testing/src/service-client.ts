import { grpcClient } from '@hengji/host';

type Definition = Parameters<typeof grpcClient>[0];

interface Reach {
  readonly address: string;
  readonly caller: string;
  readonly secret: string;
}

/** A client of a running service, as one of its callers; a refusal arrives as the Refusal that was thrown. */
export const serviceClient = <D extends Definition>(definition: D, { address, caller, secret }: Reach): ReturnType<typeof grpcClient<D>> =>
  grpcClient(definition, address, { caller, secret, deadlineMs: 60_000 });
