// Tasks and reminders of every service that has procedures, merged into one list each. All services sort in the same order and accept the
// same cursor, the place after which a page begins. So a merged page is built from one page of each service.
import { TaskView, type Reminder, type Task } from '@hengji/contracts/procedure/v1/task_service';
import { Refusal } from '@hengji/domain-kit';
import type { Person } from '../../../domain/access';
import { TASK_SERVICES, type Neighbours } from '../../clients/neighbours';
import { pageOf, type PAGE } from '../fields';
import type { Act, Out, RouteDeps } from '../route';
import type { ONE, REMINDER_FILTER, TASK_FILTER, TO, TO_OTHER } from './shapes';

type Server = Neighbours['tasks'][(typeof TASK_SERVICES)[number]];

const ofAll = <T>({ tasks }: Neighbours, ask: (server: Server) => Promise<T>): Promise<T[]> =>
  Promise.all(TASK_SERVICES.map((service) => ask(tasks[service])));

/** The place of a row in the services' cursors: a time and an id. */
interface Place {
  readonly at: number;
  readonly id: string;
}

/** The time that the services sort rows without a limit by: last. */
const NEVER = Date.UTC(9999, 11, 31);

const placeOfTask = ({ dueAt, taskId }: Task): Place => ({ at: dueAt?.getTime() ?? NEVER, id: taskId });
const placeOfReminder = ({ createdAt, reminderId }: Reminder): Place => ({ at: createdAt?.getTime() ?? 0, id: reminderId });

const byPlace = (a: Place, b: Place): number => a.at - b.at || (a.id < b.id ? -1 : 1);

/** The first `limit` rows of all pages, and the cursor after them; the cursor is empty at the end. */
const merged = <T>(found: readonly T[], limit: number, placeOf: (one: T) => Place, direction: 1 | -1) => {
  const items = found.toSorted((a, b) => direction * byPlace(placeOf(a), placeOf(b))).slice(0, limit);
  const last = items.length < limit ? undefined : items.at(-1);
  const { at, id } = last === undefined ? { at: 0, id: '' } : placeOf(last);
  return { items, next: id === '' ? '' : `${at}~${id}` };
};

export const listTasks = async (
  { neighbours }: RouteDeps,
  { person, query }: { person: Person; query: Out<typeof PAGE & typeof TASK_FILTER> },
) => {
  const page = pageOf(query);
  const request = { actor: person, view: query.view ?? TaskView.ALL, page };
  const found = await ofAll(neighbours, async (server) => (await server.listTasks(request)).tasks);
  return merged(found.flat(), page.limit, placeOfTask, 1);
};

export const countTasks = async ({ neighbours }: RouteDeps, { person }: { person: Person }) => {
  const counts = await ofAll(neighbours, (server) => server.countTasks({ actor: person }));
  const sum = (of: (one: (typeof counts)[number]) => number): number => counts.reduce((all, one) => all + of(one), 0);
  return {
    mine: sum(({ mine }) => mine),
    unassigned: sum(({ unassigned }) => unassigned),
    overdue: sum(({ overdue }) => overdue),
    unread: sum(({ unread }) => unread),
  };
};

/** Each officer once, sorted by name. */
export const listOfficers = async ({ neighbours }: RouteDeps, { person }: { person: Person }) => {
  const found = await ofAll(neighbours, async (server) => (await server.listTaskOfficers({ actor: person })).officers);
  const all = new Map(found.flat().map((one) => [one.officerId, one]));
  return { items: [...all.values()].toSorted((a, b) => a.name.localeCompare(b.name)), next: '' };
};

type On<B = unknown> = Act & { readonly params: Out<typeof ONE>; readonly body: B };

const knownTask = ({ task }: { task?: Task | undefined }): Task => {
  if (!task) throw new Refusal('notFound', 'task.unknown', '没有这项待办', { field: 'id' });
  return task;
};

export const assignTask = async ({ neighbours }: RouteDeps, { person, requestId, params, body }: On<Out<typeof TO>>) =>
  knownTask(await neighbours.tasks[params.service].assignTask({ requestId, actor: person, taskId: params.id, to: body.to }));

export const handOverTask = async ({ neighbours }: RouteDeps, { person, requestId, params, body }: On<Out<typeof TO_OTHER>>) =>
  knownTask(await neighbours.tasks[params.service].handOverTask({ requestId, actor: person, taskId: params.id, to: body.to }));

export const takeBackTask = async ({ neighbours }: RouteDeps, { person, requestId, params }: On) =>
  knownTask(await neighbours.tasks[params.service].takeBackTask({ requestId, actor: person, taskId: params.id }));

export const listReminders = async (
  { neighbours }: RouteDeps,
  { person, query }: { person: Person; query: Out<typeof PAGE & typeof REMINDER_FILTER> },
) => {
  const page = pageOf(query);
  const request = { actor: person, unreadOnly: query.unread === 'true', page };
  const found = await ofAll(neighbours, async (server) => (await server.listReminders(request)).reminders);
  return merged(found.flat(), page.limit, placeOfReminder, -1);
};

export const markRead = async ({ neighbours }: RouteDeps, { person, requestId, params }: On) => {
  const { reminder } = await neighbours.tasks[params.service].markReminderRead({ requestId, actor: person, reminderId: params.id });
  if (!reminder) throw new Refusal('notFound', 'reminder.unknown', '没有这条提醒', { field: 'id' });
  return reminder;
};
