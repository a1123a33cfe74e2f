// The console's requests about tasks (待办) and the inbox (站内消息).
import { type Answers, answerOf, client, keyed, said, written } from './http';

export type TaskJson = Answers['Task'];
export type ReminderJson = Answers['Reminder'];
export type TaskView = 'MINE' | 'UNASSIGNED' | 'ALL';

const LIMIT = '20';

/** The gateway's names of the services; a task carries the name of the service that returned it. */
type Service = 'enforcement';

const on = ({ service, id }: { service: string; id: string }, key: string) => ({
  path: { service: service as Service, id },
  header: keyed(key),
});
const ofTask = ({ service, taskId }: TaskJson, key: string) => on({ service, id: taskId }, key);

export const tasks = {
  list: (view: TaskView, after?: string) => answerOf(client.GET('/api/tasks', { params: { query: said({ view, after, limit: LIMIT }) } })),
  counts: () => answerOf(client.GET('/api/tasks/counts')),
  officers: () => answerOf(client.GET('/api/tasks/officers')),
  assign: (task: TaskJson, to: string, key: string) =>
    written(client.POST('/api/tasks/{service}/{id}/assign', { params: ofTask(task, key), body: { to } })),
  handOver: (task: TaskJson, to: string, key: string) =>
    written(client.POST('/api/tasks/{service}/{id}/hand-over', { params: ofTask(task, key), body: { to } })),
  takeBack: (task: TaskJson, key: string) =>
    written(client.POST('/api/tasks/{service}/{id}/take-back', { params: ofTask(task, key), body: {} })),
  reminders: (unread: 'true' | 'false', after?: string) =>
    answerOf(client.GET('/api/reminders', { params: { query: said({ unread, after, limit: LIMIT }) } })),
  markRead: ({ service, reminderId }: ReminderJson, key: string) =>
    written(client.POST('/api/reminders/{service}/{id}/read', { params: on({ service, id: reminderId }, key), body: {} })),
};
