// The inbox (站内消息): one message for each limit that approaches or has passed, and for what an authority is told of (告知). The read mark is
// each person's own.
import { Button, Card, Checkbox, type TableColumnsType, Tag } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useAct } from '../../forms/use-act';
import { PagedTable } from '../../paged-table';
import { queries } from '../../queries';
import { tasks, type ReminderJson } from '../../task-api';
import { moment } from '../../words/field-words';

const STATES = {
  PASSED: { label: '已过期', color: 'error' },
  NEARING: { label: '即将到期', color: 'warning' },
  TOLD: { label: '告知', color: 'processing' },
  UNSPECIFIED: { label: '即将到期', color: 'warning' },
} as const satisfies Record<ReminderJson['state'], { label: string; color: string }>;
const StateTag = ({ state }: ReminderJson) => <Tag color={STATES[state].color}>{STATES[state].label}</Tag>;

const MarkRead = ({ reminder }: { reminder: ReminderJson }) => {
  const { busy, run } = useAct();
  const go = async (): Promise<void> => {
    if (await run((key) => tasks.markRead(reminder, key))) await queries.invalidateQueries();
  };
  if (reminder.read) return <span className="quiet">已读</span>;
  return (
    <Button size="small" loading={busy} onClick={() => void go()}>
      标为已读
    </Button>
  );
};

const COLUMNS: TableColumnsType<ReminderJson> = [
  { title: '事由', width: 100, render: (_, one) => <StateTag {...one} /> },
  { title: '内容', dataIndex: 'title' },
  { title: '案卷', render: (_, one) => <Link to={`/cases/${one.fileId}`}>{one.about === '' ? '案卷' : one.about}</Link> },
  { title: '到期', width: 150, render: (_, one) => (one.state === 'TOLD' ? '—' : moment(one.dueAt)) },
  { title: '操作', width: 100, render: (_, one) => <MarkRead reminder={one} /> },
];

export const Inbox = () => {
  const [unread, setUnread] = useState(true);
  return (
    <Card
      size="small"
      title={<h2 className="heading">站内消息</h2>}
      extra={
        <Checkbox checked={unread} onChange={(event) => setUnread(event.target.checked)}>
          只看未读
        </Checkbox>
      }
    >
      <PagedTable
        label="站内消息"
        of={String(unread)}
        load={(after) => tasks.reminders(unread ? 'true' : 'false', after)}
        columns={COLUMNS}
        rowKey={(one) => one.reminderId}
      />
    </Card>
  );
};
