// Enforcement, narrowed to what exchange asks of it: which fences stand when it starts.
import { EnforcementServiceDefinition } from '@hengji/contracts/enforcement/v1/enforcement_service';
import { grpcClient } from '@hengji/host';
import type { Config } from '../../config';

const DEADLINE_MS = 5_000;

export const enforcementClient = (config: Config) =>
  grpcClient(EnforcementServiceDefinition, config.ENFORCEMENT_ADDR, {
    caller: 'exchange',
    secret: config.CALLER_SECRET,
    deadlineMs: DEADLINE_MS,
  });
