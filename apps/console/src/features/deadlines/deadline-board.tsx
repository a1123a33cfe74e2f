// The deadlines board (期限看板): what passed, what ends today and in the next working days, by authority. Looked at again every
// quarter of a minute.
import { useQuery } from '@tanstack/react-query';
import { Alert, Radio, Select, Statistic } from 'antd';
import { authorityShortName } from '@hengji/province';
import { useState } from 'react';
import { type DeadlineJson, cases } from '../../case-api';
import { PageCard } from '../../page-card';
import { ProblemAlert } from '../../problem-alert';
import { polled } from '../../queries';
import { count } from '../../words/field-words';
import { DeadlineTable } from './deadline-table';
import { NEARNESS, type Nearness, isBeyond, nearness } from './time-left';

const EVERY_MS = 15_000;
/** What one look takes; soonest first, so what is missing beyond it is the least pressing. */
const MOST = 1_000;
const COLUMNS = ['passed', 'today', 'three', 'seven', 'later'] as const satisfies readonly Nearness[];
const CHOICES = [{ value: 'all', label: '全部' }, ...COLUMNS.map((value) => ({ value, label: NEARNESS[value] }))];

const loadBoard = async (): Promise<{ items: DeadlineJson[]; more: boolean; at: number }> => {
  const { items, next } = await cases.deadlines(String(MOST));
  return { items, more: next !== '', at: Date.now() };
};

export const DeadlineBoard = () => {
  const [chosen, setChosen] = useState<string>('all');
  const [authority, setAuthority] = useState('');
  const board = useQuery({ queryKey: ['deadlines'], queryFn: loadBoard, ...polled(EVERY_MS) });
  const now = board.data?.at ?? 0;
  const all = board.data?.items ?? [];
  const authorities = [...new Set(all.map((one) => one.authority))].sort();
  const inAuthority = all.filter((one) => authority === '' || one.authority === authority);
  const of = (column: Nearness): DeadlineJson[] => inAuthority.filter((one) => nearness(one, now) === column);
  const isCut = (column: Nearness): boolean => board.data?.more === true && isBeyond(COLUMNS, column, all.at(-1), now);
  const options = [{ value: '', label: '全部主管部门' }, ...authorities.map((value) => ({ value, label: authorityShortName(value) }))];
  return (
    <PageCard
      title="期限看板"
      extra={<Select aria-label="主管部门" value={authority} onChange={setAuthority} options={options} style={{ width: 160 }} />}
    >
      <ProblemAlert problem={board.error} />
      <div className="figures">
        {COLUMNS.map((column) => (
          <Statistic
            key={column}
            title={NEARNESS[column]}
            value={board.data === undefined ? '—' : `${isCut(column) ? '≥ ' : ''}${count(of(column).length)}`}
            styles={{ content: { color: column === 'passed' && of(column).length > 0 ? '#b42318' : undefined } }}
          />
        ))}
      </div>
      {board.data?.more === true && (
        <Alert type="info" showIcon style={{ marginBottom: 12 }} title={`只显示最先到期的 ${count(MOST)} 项；带“≥”的数字可能更多`} />
      )}
      <Radio.Group
        aria-label="按到期时间"
        value={chosen}
        onChange={(event) => setChosen(event.target.value as string)}
        options={CHOICES}
        style={{ marginBottom: 12 }}
      />
      {board.data !== undefined && <DeadlineTable where deadlines={chosen === 'all' ? inAuthority : of(chosen as Nearness)} />}
      <p className="quiet">到期时间按法定工作日和节假日安排计算；上面的分组只按周末折算，节假日前后以到期时间为准。</p>
    </PageCard>
  );
};
