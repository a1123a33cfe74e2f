// Request shapes of parked messages (滞留消息).
import { Gap, ParkedMessage } from '@hengji/contracts/messaging/v1/parking_service';
import { jsonOf, shapeOf } from '../answers';
import { z } from 'zod';
import { PARKING_SERVICES } from '../../clients/neighbours';
import { REASON, TEXT } from '../fields';

const PARKED_ID = z.string().regex(/^\d{1,18}$/);
export const SERVICE = { service: z.enum(PARKING_SERVICES) } as const;
export const ONE = { ...SERVICE, parked: PARKED_ID } as const;
export const GROUP = { ...SERVICE, group: PARKED_ID } as const;
/** The version that the second person saw, so that the person confirms nothing else. */
export const SEEN_VERSION = { version: z.string().regex(/^[\da-f]{1,64}$/, '应为所见提议的版本') } as const;
export const SEEN_DIGEST = { digest: z.string().regex(/^[\da-f]{64}$/, '应为所见提议的摘要') } as const;
const MOMENT = z.iso.datetime({ error: '应为UTC时间(如2026-01-31T08:00:00Z)' });
export const DISCARD_FILTER = {
  ...REASON,
  topic: z.string().min(1).max(200),
  parkedReason: TEXT(500).default(''),
  parkedFrom: MOMENT.optional(),
  parkedUntil: MOMENT.optional(),
} as const;
export const REPLAY = { topic: z.string().min(1).max(200), key: z.string().max(200) } as const;

/** The first fifty messages of each service; for an unavailable service, only that it is unavailable. */
export const PARKED = shapeOf(
  'Parked',
  z.object({
    services: z.array(
      z
        .object({
          service: z.enum(PARKING_SERVICES),
          total: z.int(),
          messages: z.array(jsonOf(ParkedMessage)),
          notKept: z.int().openapi({ description: 'Unsealed ones that were counted and not kept' }),
          gaps: z.array(jsonOf(Gap)),
          gapsTotal: z.int(),
          unreachable: z.literal(true).optional(),
        })
        .openapi('ParkedOfService'),
    ),
  }),
);
