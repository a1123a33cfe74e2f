// The desk (工作台): the person's open tasks, unread messages and key figures, each with a link to its page.
import { useQuery } from '@tanstack/react-query';
import { Card, Statistic } from 'antd';
import { Link } from 'react-router';
import { api } from '../../api';
import { placeOf } from '../../frame/place';
import { useMe } from '../../me';
import { PageCard } from '../../page-card';
import { ProblemAlert } from '../../problem-alert';
import { polled } from '../../queries';
import { SERVICES } from '../../words/enforcement-words';
import { count } from '../../words/field-words';
import { Inbox } from '../tasks/inbox';
import { TaskList } from '../tasks/task-list';
import { LimitFigures, useLimits } from '../deadlines/limit-figures';

const EVERY_MS = 15_000;

const Limits = () => {
  const { board, problem } = useLimits();
  return (
    <Card size="small" title={<h2 className="heading">期限</h2>} extra={<Link to="/deadlines">期限看板</Link>}>
      <ProblemAlert problem={problem} />
      {board !== undefined && <LimitFigures board={board} />}
    </Card>
  );
};

const Parked = () => {
  const parked = useQuery({ queryKey: ['parked'], queryFn: api.parked, ...polled(EVERY_MS) });
  return (
    <Card size="small" title={<h2 className="heading">滞留消息</h2>} extra={<Link to="/parked">查看</Link>}>
      <ProblemAlert problem={parked.error} />
      <div className="figures">
        {parked.data?.services.map(({ service, total, unreachable }) => (
          <Statistic
            key={service}
            title={SERVICES[service] ?? service}
            value={unreachable === true ? '不可达' : count(total)}
            styles={{ content: { color: unreachable === true || total > 0 ? '#b42318' : undefined } }}
          />
        ))}
      </div>
    </Card>
  );
};

export const Home = () => {
  const me = useMe();
  const sees = (path: string): boolean => placeOf(me, path) !== undefined;
  return (
    <PageCard title="工作台">
      <div className="column">
        {me.permitted.includes('haveTasks') && <TaskList />}
        {me.permitted.includes('haveReminders') && <Inbox />}
        {sees('/deadlines') && <Limits />}
        {sees('/parked') && <Parked />}
      </div>
    </PageCard>
  );
};
