// The deadlines board (期限看板): what passed, what ends today and in the next working days, by authority.
import { authorityShortName } from '@hengji/province';
import { Alert, Radio, Select } from 'antd';
import { useState } from 'react';
import { PageCard } from '../../page-card';
import { ProblemAlert } from '../../problem-alert';
import { count } from '../../words/field-words';
import { COLUMNS, LimitFigures, MOST, limitsIn, useLimits } from './limit-figures';
import { LimitTable } from '../../procedure/limit-table';
import { NEARNESS, type Nearness } from '../../procedure/time-left';

const CHOICES = [{ value: 'all', label: '全部' }, ...COLUMNS.map((value) => ({ value, label: NEARNESS[value] }))];

export const DeadlineBoard = () => {
  const [chosen, setChosen] = useState<string>('all');
  const [authority, setAuthority] = useState('');
  const { board, problem } = useLimits();
  const all = board?.items ?? [];
  const authorities = [...new Set(all.map((one) => one.authority))].sort();
  const inAuthority = all.filter((one) => authority === '' || one.authority === authority);
  const options = [{ value: '', label: '全部主管部门' }, ...authorities.map((value) => ({ value, label: authorityShortName(value) }))];
  return (
    <PageCard
      title="期限看板"
      extra={<Select aria-label="主管部门" value={authority} onChange={setAuthority} options={options} style={{ width: 160 }} />}
    >
      <ProblemAlert problem={problem} />
      <LimitFigures board={board} deadlines={inAuthority} />
      {board?.more === true && (
        <Alert type="info" showIcon style={{ marginBottom: 12 }} title={`只显示最先到期的 ${count(MOST)} 项；带“≥”的数字可能更多`} />
      )}
      <Radio.Group
        aria-label="按到期时间"
        value={chosen}
        onChange={(event) => setChosen(event.target.value as string)}
        options={CHOICES}
        style={{ marginBottom: 12 }}
      />
      {board !== undefined && (
        <LimitTable where limits={chosen === 'all' ? inAuthority : limitsIn(inAuthority, chosen as Nearness, board.at)} />
      )}
      <p className="quiet">到期时间按法定工作日和节假日安排计算；上面的分组只按周末折算，节假日前后以到期时间为准。</p>
    </PageCard>
  );
};
