// One task (待办) of a person or a role, and what a person may do with it: take it, assign it to another, return it. Only officers of the
// task's authority may; the tables alone determine when a task begins and ends.
import { Refusal } from '@hengji/domain-kit';

export interface TaskRow {
  readonly id: string;
  readonly fileKind: string;
  readonly fileId: string;
  readonly about: string;
  readonly step: string;
  readonly title: string;
  readonly institution: string;
  readonly authority: string;
  readonly role: string;
  readonly post: string;
  readonly assignee: string;
  readonly assigneeName: string;
  readonly assignedBy: string;
  readonly dueAt: Date | null;
  readonly provisional: boolean;
  readonly createdAt: Date;
  readonly doneAt: Date | null;
  readonly sortAt: Date;
}

/** The person on whose behalf the gateway calls, in the form of `meta.v1.Actor`. */
export interface TaskActor {
  readonly officerId: string;
  readonly name: string;
  readonly role: string;
  readonly authority: string;
  readonly institution: string;
}

export interface Officer {
  readonly id: string;
  readonly name: string;
}

export const TASK_ACTS = ['ASSIGN', 'HAND_OVER', 'TAKE_BACK'] as const;
export type TaskAct = (typeof TASK_ACTS)[number];

export const isOfficer = ({ role }: Pick<TaskActor, 'role'>): boolean => role === 'PROVINCE_OFFICER' || role === 'CITY_OFFICER';

const isOfAuthority = (actor: TaskActor, task: TaskRow): boolean =>
  isOfficer(actor) && actor.authority === task.authority && task.role === 'officer';

/** What the person may do with the task now. */
export const actsOn = (task: TaskRow, actor: TaskActor): TaskAct[] => {
  if (task.doneAt !== null || !isOfAuthority(actor, task)) return [];
  if (task.assignee === '') return ['ASSIGN'];
  const isMine = task.assignee === actor.officerId;
  return [...(isMine ? (['HAND_OVER'] as const) : []), ...(isMine || task.assignedBy === actor.officerId ? (['TAKE_BACK'] as const) : [])];
};

const RULE = 'design';

/** Refuses `task.done`, `task.role_forbidden`, `task.assigned`, `task.not_yours`. */
export const checkAct = (task: TaskRow, actor: TaskActor, act: TaskAct): void => {
  if (task.doneAt !== null) throw new Refusal('illegalMove', 'task.done', '该待办已经办结', { field: 'task_id', rule: RULE });
  if (!isOfAuthority(actor, task))
    throw new Refusal('forbidden', 'task.role_forbidden', '仅负责该事项的主管部门的经办人员可以领取或者分派', {
      field: 'actor',
      rule: RULE,
    });
  if (actsOn(task, actor).includes(act)) return;
  if (act === 'ASSIGN')
    throw new Refusal('conflict', 'task.assigned', `该待办已由${task.assigneeName || '其他人员'}办理`, { field: 'task_id', rule: RULE });
  throw new Refusal('forbidden', 'task.not_yours', '该待办不由您办理，您不能转交或者收回', { field: 'task_id', rule: RULE });
};
