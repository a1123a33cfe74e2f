// Which RPCs of tasks and reminders record an act (docs/ACTS.md).
import type { TaskServiceDefinition } from '@hengji/contracts/procedure/v1/task_service';
import type { ActTable } from '../acts/recorded';

export const TASK_ACTS = {
  listTasks: 'reads',
  countTasks: 'reads',
  listTaskOfficers: 'reads',
  assignTask: { on: 'task' },
  handOverTask: { on: 'task' },
  takeBackTask: { on: 'task' },
  listReminders: 'reads',
  markReminderRead: { on: 'reminder' },
} as const satisfies ActTable<TaskServiceDefinition['methods']>;
