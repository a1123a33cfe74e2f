// Request shapes of the work that people do after an order (整改与善后).
import { z } from 'zod';
import { ID, TEXT, list } from '../fields';

export const EVIDENCE = { text: TEXT(4_000).min(1), attachmentIds: list(ID) } as const;
export const RECHECK = { passed: z.boolean(), text: TEXT(4_000).min(1) } as const;
export const FOLLOW_UP_PARAM = { id: ID, kind: z.string().regex(/^[A-Z_]{1,64}$/, '应为善后事项') } as const;
export const FOLLOW_UP = { note: TEXT(2_000).min(1) } as const;
