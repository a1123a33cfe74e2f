// Tasks (待办) of the person, of the authority, or all that the person may see; sorted by due time, earliest first.
import { Card, Radio, type TableColumnsType, Tag } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useMay } from '../../me';
import { PagedTable } from '../../paged-table';
import { tasks, type TaskJson, type TaskView } from '../../task-api';
import { moment } from '../../words/field-words';
import { nearness, timeLeft } from '../../procedure/time-left';
import { TaskActions } from './task-actions';
import { useTaskCounts } from './use-counts';

const COLORS = { passed: 'error', today: 'warning', three: 'warning' } as const;

const TimeLeft = ({ task, now }: { task: TaskJson; now: number }) => {
  const near = nearness({ state: 'RUNNING', ...(task.dueAt === undefined ? {} : { dueAt: task.dueAt }) }, now);
  return near in COLORS ? <Tag color={COLORS[near as keyof typeof COLORS]}>{timeLeft(task.dueAt, now)}</Tag> : timeLeft(task.dueAt, now);
};

/** The page of each kind of file. */
const FILE_PAGES: Readonly<Record<string, string>> = { case: '/cases', order: '/orders', remedy: '/remedies' };

const File = ({ task }: { task: TaskJson }) => {
  const page = FILE_PAGES[task.fileKind];
  return page === undefined ? task.about : <Link to={`${page}/${task.fileId}`}>{task.about}</Link>;
};

const whose = ({ role, assignee, assigneeName }: TaskJson): string => {
  if (role === 'INSTITUTION') return '当事机构';
  return assignee === '' ? '待领取' : assigneeName || assignee;
};

const COLUMNS: TableColumnsType<TaskJson> = [
  { title: '事项', dataIndex: 'title' },
  { title: '案卷', render: (_, task) => <File task={task} /> },
  { title: '到期', width: 150, render: (_, task) => (task.dueAt === undefined ? '—' : moment(task.dueAt)) },
  { title: '剩余', width: 100, render: (_, task) => <TimeLeft task={task} now={Date.now()} /> },
  { title: '办理人', width: 100, render: (_, task) => whose(task) },
  { title: '操作', width: 160, render: (_, task) => <TaskActions task={task} /> },
];

export const TaskList = () => {
  const mayTake = useMay('takeTasks');
  const [view, setView] = useState<TaskView>(mayTake ? 'MINE' : 'ALL');
  const { data: counts } = useTaskCounts();
  const views = [
    { value: 'MINE', label: `我的 ${counts?.mine ?? ''}` },
    { value: 'UNASSIGNED', label: `待领取 ${counts?.unassigned ?? ''}` },
    { value: 'ALL', label: '全部' },
  ];
  return (
    <Card size="small" title={<h2 className="heading">待办</h2>}>
      {mayTake && (
        <Radio.Group
          aria-label="待办范围"
          value={view}
          onChange={(event) => setView(event.target.value as TaskView)}
          options={views}
          style={{ marginBottom: 12 }}
        />
      )}
      <PagedTable label="待办" of={view} load={(after) => tasks.list(view, after)} columns={COLUMNS} rowKey={(task) => task.taskId} />
    </Card>
  );
};
