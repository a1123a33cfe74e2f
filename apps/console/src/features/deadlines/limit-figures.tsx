// Limits counted by the time left, on the board and on the desk. Polled every 15 seconds.
import { useQuery } from '@tanstack/react-query';
import { Statistic } from 'antd';
import type { DeadlineJson } from '../../case-api';
import { loadList } from '../../lists/lists-api';
import { polled } from '../../queries';
import { count } from '../../words/field-words';
import { NEARNESS, type Nearness, isBeyond, nearness } from '../../procedure/time-left';

const EVERY_MS = 15_000;
/** The most limits of one request; the soonest come first, so missing limits are the least urgent. */
const MOST = 1_000;
const COLUMNS = ['passed', 'today', 'three', 'seven', 'later'] as const satisfies readonly Nearness[];

export interface Board {
  readonly items: DeadlineJson[];
  readonly more: boolean;
  /** The time of the request. */
  readonly at: number;
}

const loadBoard = async (): Promise<Board> => {
  const { items, next } = await loadList.deadlines({ limit: String(MOST) });
  return { items, more: next !== '', at: Date.now() };
};

export const useLimits = () => {
  const { data: board, error: problem } = useQuery({ queryKey: ['deadlines'], queryFn: loadBoard, ...polled(EVERY_MS) });
  return { board, problem };
};

const limitsIn = (deadlines: readonly DeadlineJson[], column: Nearness, now: number): DeadlineJson[] =>
  deadlines.filter((one) => nearness(one, now) === column);

export const LimitFigures = ({ board }: { board: Board | undefined }) => {
  const now = board?.at ?? 0;
  const isCut = (column: Nearness): boolean => board?.more === true && isBeyond(COLUMNS, column, board.items.at(-1), now);
  return (
    <div className="figures">
      {COLUMNS.map((column) => {
        const found = limitsIn(board?.items ?? [], column, now).length;
        return (
          <Statistic
            key={column}
            title={NEARNESS[column]}
            value={board === undefined ? '—' : `${isCut(column) ? '≥ ' : ''}${count(found)}`}
            styles={{ content: { color: column === 'passed' && found > 0 ? '#b42318' : undefined } }}
          />
        );
      })}
    </div>
  );
};
