// The gRPC service of tasks and reminders, the same in every service with procedures (proto/hengji/procedure/v1).
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
import type { AnswerCodec, SqlDb, SqlTx } from '@hengji/messaging';
import { actsOf, recordedOnce, type DoingOnce } from '../acts/recorded';
import { actorOf } from '../actor';
import { countUnread, listReminders, markRead, type ReminderRow } from './reminders';
import { actsOn, checkAct, type Officer, type TaskAct, type TaskActor, type TaskRow } from './task';
import { TASK_ACTS } from './task-acts';
import { countTasks, giveTask, listTasks, lockTask, officersOf, rememberOfficer, type TaskView } from './task-store';

interface Deps<Tx extends SqlTx> {
  readonly service: string;
  readonly db: SqlDb<Tx>;
  readonly now: () => Date;
}

const { doingOnce } = actsOf(TASK_ACTS);

const taskMessage = (service: string, task: TaskRow, actor: TaskActor): Task => {
  const { id, fileKind, fileId, about, step, title, institution, authority, role, post, assignee, assigneeName } = task;
  return {
    ...{ taskId: id, fileKind, fileId, about, step, title, institution, authority, post, assignee, assigneeName, service },
    role: role === 'institution' ? 'INSTITUTION' : 'OFFICER',
    dueAt: task.dueAt ?? undefined,
    provisional: task.provisional,
    createdAt: task.createdAt,
    allowed: actsOn(task, actor),
  };
};

const reminderMessage = (service: string, { id, ...rest }: ReminderRow): Reminder => ({ reminderId: id, ...rest, service });

const unknownTask = (): Refusal => new Refusal('notFound', 'task.unknown', '没有这项待办', { field: 'task_id' });

/** Refuses `task.officer_unknown`. */
const receiverOf = async (tx: SqlTx, actor: TaskActor, to: string): Promise<Officer> => {
  if (to === '' || to === actor.officerId) return { id: actor.officerId, name: actor.name };
  const [officer] = await officersOf(tx, actor.authority, to);
  if (!officer) throw new Refusal('invalid', 'task.officer_unknown', '本部门没有这名经办人员', { field: 'to', rule: 'design' });
  return officer;
};

interface Move {
  readonly doing: DoingOnce;
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

/** Once per request. Two concurrent requests for the same task run one after the other, and the second is refused. */
const moveTask = <Tx extends SqlTx>({ db, service }: Deps<Tx>, { doing, actor, taskId, act, to }: Move): Promise<{ task: Task }> =>
  db.$transaction(async (tx) => {
    await rememberOfficer(tx, actor);
    await recordedOnce(tx, doing, TEXT, async () => {
      const task = await locked(tx, actor, taskId);
      checkAct(task, actor, act);
      const receiver = act === 'TAKE_BACK' ? undefined : await receiverOf(tx, actor, to);
      await giveTask(tx, task.id, receiver, actor.officerId);
      const evidence = [`file:${task.fileId}`, ...(receiver ? [`to:${receiver.id}`] : [])];
      return { answer: task.id, on: { id: task.id, institution: task.institution }, evidence };
    });
    return { task: taskMessage(service, await locked(tx, actor, taskId), actor) };
  });

type Server = TaskServiceImplementation<CallerContext>;

const VIEWS = { UNSPECIFIED: 'ALL', MINE: 'MINE', UNASSIGNED: 'UNASSIGNED', ALL: 'ALL' } as const satisfies Record<string, TaskView>;

const taskMoves = <Tx extends SqlTx>(deps: Deps<Tx>): Pick<Server, 'assignTask' | 'handOverTask' | 'takeBackTask'> => {
  const who = ({ taskId, actor }: { taskId: string; actor?: Actor | undefined }) => ({ taskId, actor: actorOf(actor) });
  return {
    assignTask: async (asked, call) => {
      const request = AssignTaskRequest.fromPartial(asked);
      const doing = doingOnce('assignTask', AssignTaskRequest, request, call);
      return moveTask(deps, { ...who(request), doing, act: 'ASSIGN', to: request.to });
    },
    handOverTask: async (asked, call) => {
      const request = HandOverTaskRequest.fromPartial(asked);
      const doing = doingOnce('handOverTask', HandOverTaskRequest, request, call);
      return moveTask(deps, { ...who(request), doing, act: 'HAND_OVER', to: request.to });
    },
    takeBackTask: async (asked, call) => {
      const request = TakeBackTaskRequest.fromPartial(asked);
      const doing = doingOnce('takeBackTask', TakeBackTaskRequest, request, call);
      return moveTask(deps, { ...who(request), doing, act: 'TAKE_BACK', to: '' });
    },
  };
};

const reminderMoves = <Tx extends SqlTx>({ db, now, service }: Deps<Tx>): Pick<Server, 'listReminders' | 'markReminderRead'> => ({
  listReminders: async ({ actor, unreadOnly, page }) => {
    const { reminders, next } = await listReminders(db, actorOf(actor), { unreadOnly, ...pageOf(page) });
    return { reminders: reminders.map((one) => reminderMessage(service, one)), next };
  },
  markReminderRead: async (asked, call) => {
    const request = MarkReminderReadRequest.fromPartial(asked);
    const actor = actorOf(request.actor);
    const doing = doingOnce('markReminderRead', MarkReminderReadRequest, request, call);
    return db.$transaction(async (tx) => {
      const mark = async (): Promise<ReminderRow> => {
        const found = await markRead(tx, actor, request.reminderId, now());
        if (!found) throw new Refusal('notFound', 'reminder.unknown', '没有这条提醒', { field: 'reminder_id' });
        return found;
      };
      await recordedOnce(tx, doing, TEXT, async () => {
        const { id, institution } = await mark();
        return { answer: id, on: { id, institution } };
      });
      return { reminder: reminderMessage(service, await mark()) };
    });
  },
});

/** The proto lists the refusals. An officer who opens the list of tasks is stored, so that others of the authority can select them. */
export const taskServer = <Tx extends SqlTx>(deps: Deps<Tx>): Server => {
  const { db, now, service } = deps;
  return {
    listTasks: async ({ actor: asking, view, page }) => {
      const actor = actorOf(asking);
      await rememberOfficer(db, actor);
      const { tasks, ...rest } = await listTasks(db, actor, { view: VIEWS[view], ...pageOf(page) });
      return { tasks: tasks.map((task) => taskMessage(service, task, actor)), ...rest };
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
