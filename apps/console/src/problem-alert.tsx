// A refusal in words: every fault with its field, what to do when the session has ended, and the trace id to quote.
import { Alert } from 'antd';
import { type Fault, Problem, isSignedOut } from './http';
import { fieldWord, ruleWord } from './words/refusal-words';

const about = ({ field, rule }: Partial<Fault>): string[] => {
  const [named, by] = [fieldWord(field), ruleWord(rule)];
  return [named === undefined ? '' : `字段：${named}`, by === undefined ? '' : `依据：${by}`].filter((line) => line !== '');
};

/** Every fault of the request with its field; or the one field and rule that the problem names. */
const linesOf = ({ faults, more }: Problem): string[] =>
  faults.length > 1 ? faults.map((fault) => [fieldWord(fault.field), fault.message].filter(Boolean).join('：')) : about(more);

/** The sign-in opens in another tab, so that the values typed here stay and can be sent again. */
const SignInAgain = () => (
  <a href="/api/sign-in?return=/signed-in" target="_blank" rel="noreferrer">
    登录已失效，请在新窗口重新登录，然后回到本页再试一次（已填写的内容仍在）
  </a>
);

/** The problem with all fields and the rule that the gateway named, and the trace id to quote. */
export const ProblemAlert = ({ problem }: { problem: Error | null | undefined }) => {
  if (problem === null || problem === undefined) return null;
  const lines = problem instanceof Problem ? linesOf(problem) : [];
  const traceId = problem instanceof Problem ? (problem.more.traceId ?? '') : '';
  const hasMore = lines.length > 0 || traceId !== '' || isSignedOut(problem);
  return (
    <Alert
      type="error"
      showIcon
      title={problem.message}
      description={
        hasMore ? (
          <>
            {isSignedOut(problem) && <SignInAgain />}
            {lines.map((line) => (
              <div key={line}>{line}</div>
            ))}
            {traceId !== '' && <div className="quiet">追踪号：{traceId}</div>}
          </>
        ) : undefined
      }
      style={{ marginBottom: 12 }}
    />
  );
};
