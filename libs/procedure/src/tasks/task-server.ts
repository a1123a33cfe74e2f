// The service of tasks and reminders that any service with procedures answers (proto/hengji/procedure/v1).
import type { Actor } from '@hengji/contracts/meta/v1/meta';
import {
  AssignTaskRequest,
  HandOverTaskRequest,
  MarkReminderReadRequest,
  TakeBackTaskRequest,
  type Reminder,
  type Task,
  type TaskServiceImplementation,
} from '@hengji/contracts/procedure/v1/task_service';
import { Refusal } from '@hengji/domain-kit';
import { pageOf, type CallerContext } from '@hengji/host';
import { once, requestOf, type AnswerCodec, type SqlDb, type SqlTx } from '@hengji/messaging';
import { countUnread, listReminders, markRead, type ReminderRow } from './reminders';
import { actsOn, checkAct, type Officer, type TaskAct, type TaskActor, type TaskRow } from './task';
import { countTasks, giveTask, listTasks, lockTask, officersOf, rememberOfficer, type TaskView } from './task-store';

interface Deps<Tx extends SqlTx> {
  readonly db: SqlDb<Tx>;
  readonly now: () => Date;
}

/** Refuses `actor.missing`. */
const actorOf = (actor: Actor | undefined): TaskActor => {
  if (!actor || actor.officerId === '') throw new Refusal('unauthenticated', 'actor.missing', '请求未注明操作人员', { field: 'actor' });
  return actor;
};

const taskMessage = (task: TaskRow, actor: TaskActor): Task => {
  const { id, fileKind, fileId, about, step, title, institution, authority, role, post, assignee, assigneeName } = task;
  return {
    ...{ taskId: id, fileKind, fileId, about, step, title, institution, authority, post, assignee, assigneeName },
    role: role === 'institution' ? 'INSTITUTION' : 'OFFICER',
    dueAt: task.dueAt ?? undefined,
    provisional: task.provisional,
    createdAt: task.createdAt,
    allowed: actsOn(task, actor),
  };
};

const reminderMessage = ({ id, ...rest }: ReminderRow): Reminder => ({ reminderId: id, ...rest });

const unknownTask = (): Refusal => new Refusal('notFound', 'task.unknown', '没有这项待办', { field: 'task_id' });

/** Refuses `task.officer_unknown`. */
const receiverOf = async (tx: SqlTx, actor: TaskActor, to: string): Promise<Officer> => {
  if (to === '' || to === actor.officerId) return { id: actor.officerId, name: actor.name };
  const [officer] = await officersOf(tx, actor.authority, to);
  if (!officer) throw new Refusal('invalid', 'task.officer_unknown', '本部门没有这名经办人员', { field: 'to', rule: 'design' });
  return officer;
};

interface Move {
  readonly requestId: string;
  readonly what: string;
  readonly actor: TaskActor;
  readonly taskId: string;
  readonly act: TaskAct;
  /** Empty: the actor. */
  readonly to: string;
}

const TEXT: AnswerCodec<string> = {
  encode: (text) => ({ finish: () => Buffer.from(text) }),
  decode: (bytes) => Buffer.from(bytes).toString(),
};

const locked = async (tx: SqlTx, actor: TaskActor, taskId: string): Promise<TaskRow> => {
  const task = await lockTask(tx, actor, taskId);
  if (!task) throw unknownTask();
  return task;
};

/** Once per request: two who want the same task at once come one after the other, and the second is refused. */
const moveTask = <Tx extends SqlTx>({ db }: Deps<Tx>, { requestId, what, actor, taskId, act, to }: Move): Promise<Task> =>
  db.$transaction(async (tx) => {
    await rememberOfficer(tx, actor);
    await once(tx, requestId, what, TEXT, async () => {
      const task = await locked(tx, actor, taskId);
      checkAct(task, actor, act);
      await giveTask(tx, task.id, act === 'TAKE_BACK' ? undefined : await receiverOf(tx, actor, to), actor.officerId);
      return task.id;
    });
    return taskMessage(await locked(tx, actor, taskId), actor);
  });

type Server = TaskServiceImplementation<CallerContext>;

const VIEWS = { UNSPECIFIED: 'ALL', MINE: 'MINE', UNASSIGNED: 'UNASSIGNED', ALL: 'ALL' } as const satisfies Record<string, TaskView>;

const taskMoves = <Tx extends SqlTx>(deps: Deps<Tx>): Pick<Server, 'assignTask' | 'handOverTask' | 'takeBackTask'> => {
  const move = async (asked: Move) => ({ task: await moveTask(deps, asked) });
  const asking = ({ requestId, taskId, actor }: { requestId: string; taskId: string; actor?: Actor | undefined }) => ({
    ...{ requestId, taskId, actor: actorOf(actor) },
  });
  return {
    assignTask: (request) => {
      const what = requestOf('AssignTask', AssignTaskRequest, AssignTaskRequest.fromPartial({ ...request, requestId: '' }));
      return move({ ...asking(request), what, act: 'ASSIGN', to: request.to });
    },
    handOverTask: (request) => {
      const what = requestOf('HandOverTask', HandOverTaskRequest, HandOverTaskRequest.fromPartial({ ...request, requestId: '' }));
      return move({ ...asking(request), what, act: 'HAND_OVER', to: request.to });
    },
    takeBackTask: (request) => {
      const what = requestOf('TakeBackTask', TakeBackTaskRequest, TakeBackTaskRequest.fromPartial({ ...request, requestId: '' }));
      return move({ ...asking(request), what, act: 'TAKE_BACK', to: '' });
    },
  };
};

const reminderMoves = <Tx extends SqlTx>({ db, now }: Deps<Tx>): Pick<Server, 'listReminders' | 'markReminderRead'> => ({
  listReminders: async ({ actor, unreadOnly, page }) => {
    const { reminders, next } = await listReminders(db, actorOf(actor), { unreadOnly, ...pageOf(page) });
    return { reminders: reminders.map(reminderMessage), next };
  },
  markReminderRead: async (request) => {
    const actor = actorOf(request.actor);
    const { requestId, reminderId } = request;
    const what = requestOf('MarkReminderRead', MarkReminderReadRequest, MarkReminderReadRequest.fromPartial({ ...request, requestId: '' }));
    return db.$transaction(async (tx) => {
      const mark = async () => {
        const found = await markRead(tx, actor, reminderId, now());
        if (!found) throw new Refusal('notFound', 'reminder.unknown', '没有这条提醒', { field: 'reminder_id' });
        return found;
      };
      await once(tx, requestId, what, TEXT, async () => (await mark()).id);
      return { reminder: reminderMessage(await mark()) };
    });
  },
});

/** Refusals are named in the proto. Who opens the list of tasks is known from then on to the others of the authority. */
export const taskServer = <Tx extends SqlTx>(deps: Deps<Tx>): Server => {
  const { db, now } = deps;
  return {
    listTasks: async ({ actor: asking, view, page }) => {
      const actor = actorOf(asking);
      await rememberOfficer(db, actor);
      const { tasks, ...rest } = await listTasks(db, actor, { view: VIEWS[view], ...pageOf(page) });
      return { tasks: tasks.map((task) => taskMessage(task, actor)), ...rest };
    },
    countTasks: async ({ actor: asking }) => {
      const actor = actorOf(asking);
      return { ...(await countTasks(db, actor, now())), unread: await countUnread(db, actor) };
    },
    listTaskOfficers: async ({ actor: asking }) => {
      const actor = actorOf(asking);
      await rememberOfficer(db, actor);
      return { officers: (await officersOf(db, actor.authority)).map(({ id, name }) => ({ officerId: id, name })) };
    },
    ...taskMoves(deps),
    ...reminderMoves(deps),
  };
};
