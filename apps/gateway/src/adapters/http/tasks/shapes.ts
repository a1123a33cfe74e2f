// Request shapes of tasks (待办) and reminders (提醒).
import { TaskView } from '@hengji/contracts/procedure/v1/task_service';
import { z } from 'zod';
import { TASK_SERVICES } from '../../clients/neighbours';
import { ID, ID_OR_EMPTY, known } from '../fields';

export const TASK_FILTER = { view: known(TaskView).optional() } as const;
export const REMINDER_FILTER = { unread: z.enum(['true', 'false']).optional() } as const;
export const ONE = { service: z.enum(TASK_SERVICES), id: ID } as const;
/** Without `to` the person is the signed-in person. */
export const TO = { to: ID_OR_EMPTY.default('') } as const;
export const TO_OTHER = { to: ID } as const;
