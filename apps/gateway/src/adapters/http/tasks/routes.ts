// Rows of the route table for tasks (待办) and the inbox (站内消息). Each service narrows its lists to what the person may see, and decides who
// of an authority may take a task.
import { CountTasksResponse, Reminder, Task, TaskOfficer } from '@hengji/contracts/procedure/v1/task_service';
import { listOf, messageOf } from '../answers';
import { PAGE } from '../fields';
import { OFFICERS, PARTIES, READERS } from '../role-lists';
import { route } from '../route';
import * as tasks from './handlers';
import { ONE, REMINDER_FILTER, TASK_FILTER, TO, TO_OTHER } from './shapes';

const acts = { method: 'post', roles: OFFICERS, territory: 'none', answers: messageOf(Task), params: ONE } as const;

export const TASK_ROUTES = [
  route({
    ...{ method: 'get', path: '/tasks', roles: READERS, territory: 'narrowed list', summary: '待办,先到期的在前', answers: listOf(Task) },
    query: { ...PAGE, ...TASK_FILTER },
    handle: tasks.listTasks,
  }),
  route({
    ...{ method: 'get', path: '/tasks/counts', roles: READERS, territory: 'narrowed list', summary: '待办和未读提醒的数量' },
    answers: messageOf(CountTasksResponse),
    handle: tasks.countTasks,
  }),
  route({
    ...{ method: 'get', path: '/tasks/officers', roles: OFFICERS, territory: 'narrowed list', summary: '本部门可以指派的经办人员' },
    answers: listOf(TaskOfficer),
    handle: tasks.listOfficers,
  }),
  route({ ...{ ...acts, path: '/tasks/:service/:id/assign', summary: '领取或者指派待办' }, body: TO, handle: tasks.assignTask }),
  route({ ...{ ...acts, path: '/tasks/:service/:id/hand-over', summary: '转交待办' }, body: TO_OTHER, handle: tasks.handOverTask }),
  route({ ...{ ...acts, path: '/tasks/:service/:id/take-back', summary: '收回待办' }, handle: tasks.takeBackTask }),
  route({
    ...{ method: 'get', path: '/reminders', roles: PARTIES, territory: 'narrowed list', summary: '站内消息', answers: listOf(Reminder) },
    query: { ...PAGE, ...REMINDER_FILTER },
    handle: tasks.listReminders,
  }),
  route({
    ...{ method: 'post', path: '/reminders/:service/:id/read', roles: PARTIES, territory: 'none', summary: '标为已读' },
    ...{ answers: messageOf(Reminder), params: ONE },
    handle: tasks.markRead,
  }),
];
