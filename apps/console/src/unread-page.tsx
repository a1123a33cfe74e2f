// A page whose only record could not be read: its heading, the problem, and a button to try again.
import { Button } from 'antd';
import { PageCard } from './page-card';
import { ProblemAlert } from './problem-alert';

export const UnreadPage = ({ title, problem }: { title: string; problem: Error | null | undefined }) => (
  <PageCard title={title} extra={<Button onClick={() => window.location.reload()}>重新读取</Button>}>
    <ProblemAlert problem={problem} />
  </PageCard>
);
