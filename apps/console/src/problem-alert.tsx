import { Alert } from 'antd';
import { Problem } from './http';

/** What went wrong, with the field and the rule that the gateway named, and the trace to quote. */
export const ProblemAlert = ({ problem }: { problem: Error | undefined }) => {
  if (problem === undefined) return null;
  const more = problem instanceof Problem ? problem.more : {};
  const lines = [
    more.field !== undefined && more.field !== '' ? `字段：${more.field}` : '',
    more.rule !== undefined && more.rule !== '' ? `依据：${more.rule}` : '',
    more.traceId !== undefined && more.traceId !== '' ? `追踪号：${more.traceId}` : '',
  ].filter((line) => line !== '');
  return (
    <Alert
      type="error"
      showIcon
      title={problem.message}
      description={lines.length > 0 ? lines.join(';') : undefined}
      style={{ marginBottom: 12 }}
    />
  );
};
