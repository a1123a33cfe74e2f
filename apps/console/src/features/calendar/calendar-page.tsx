// The working-day calendar (工作日历): the announced years, the person who loaded each version, and for operators the form that loads a year.
import { useQuery } from '@tanstack/react-query';
import { Space, Table, type TableColumnsType } from 'antd';
import { authorityShortName, NATIONAL, writeCalendarYear } from '@hengji/province';
import { api } from '../../api';
import { ConfirmVersion, VersionHand, VersionState } from '../../forms/second-person';
import type { Answers } from '../../http';
import { useMay } from '../../me';
import { PageCard } from '../../page-card';
import { ProblemAlert } from '../../problem-alert';
import { LoadYear } from './load-year';

type Year = Answers['CalendarYear'];

const jurisdictionName = (code: string): string => (code === NATIONAL ? '全国' : authorityShortName(code));

const daysOf = ({ off, worked }: Year): string => writeCalendarYear({ off: off.map(({ from, until }) => [from, until] as const), worked });

const ConfirmYear = ({ year, reload }: { year: Year; reload: () => void }) => (
  <ConfirmVersion
    proposed={year.proposed}
    title={`确认${year.year}年第${year.version}版`}
    description={<pre className="mono">{daysOf(year)}</pre>}
    okText="确认生效"
    done={`${year.year}年已生效，暂定的期限将重新计算`}
    confirm={() => api.confirmYear({ jurisdiction: year.jurisdiction, year: year.year, version: year.version })}
    reload={reload}
  />
);

const columnsOf = (mayLoad: boolean, reload: () => void): TableColumnsType<Year> => [
  { title: '年度', dataIndex: 'year' },
  { title: '适用范围', render: (_, one) => jurisdictionName(one.jurisdiction) },
  { title: '版本', render: (_, one) => (one.version === 0 ? '随系统发布' : `第${one.version}版`) },
  { title: '状态', render: (_, { state }) => <VersionState state={state} /> },
  { title: '放假天数', align: 'right', dataIndex: 'daysOff' },
  { title: '调休上班', align: 'right', dataIndex: 'daysMadeUp' },
  { title: '工作日', align: 'right', dataIndex: 'workingDays' },
  { title: '依据', dataIndex: 'source' },
  { title: '提议', render: (_, one) => <VersionHand hand={one.proposed} /> },
  {
    title: '确认',
    render: (_, one) =>
      mayLoad && one.state === 'PROPOSED' ? <ConfirmYear year={one} reload={reload} /> : <VersionHand hand={one.confirmed} />,
  },
];

export const CalendarPage = () => {
  const years = useQuery({ queryKey: ['calendar'], queryFn: api.calendar });
  const reload = (): void => void years.refetch();
  const mayLoad = useMay('proposeYears');
  return (
    <PageCard title="工作日历">
      <Space orientation="vertical" size="middle" style={{ width: '100%' }}>
        {mayLoad && <LoadYear done={reload} />}
        <ProblemAlert problem={years.error} />
        <Table
          size="small"
          aria-label="各年度安排"
          columns={columnsOf(mayLoad, reload)}
          dataSource={years.data?.items ?? []}
          rowKey={(one) => `${one.jurisdiction} ${one.year} ${one.version}`}
          loading={years.isFetching}
          pagination={false}
          expandable={{ expandedRowRender: (one) => <pre className="mono">{daysOf(one)}</pre> }}
          locale={{ emptyText: years.error === null ? '没有记录' : '未能读取' }}
        />
      </Space>
    </PageCard>
  );
};
