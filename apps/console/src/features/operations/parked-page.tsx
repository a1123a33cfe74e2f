// Messages that a service could not read or handle: stored with their bytes, shown here, replayed by key or discarded by two people.
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Space, type TableColumnsType, Tag } from 'antd';
import { type ReactNode, useState } from 'react';
import { api } from '../../api';
import { useMay } from '../../me';
import { PageCard } from '../../page-card';
import { PagedTable } from '../../paged-table';
import { ProblemAlert } from '../../problem-alert';
import { SERVICES } from '../../words/enforcement-words';
import { count, moment } from '../../words/field-words';
import { parkedReason, PARKED_STATES, parkedType } from '../../words/parked-words';
import { ParkedActions, type ParkedRow } from './parked-actions';
import { ParkedGroups } from './parked-groups';
import type { Answers } from '../../http';

/** The count of one kind stops at this number. */
const MOST_COUNTED = 10_000;

const COLORS: Readonly<Record<string, string>> = { poison: 'error', quarantined: 'warning' };
const stateOf = ({ state }: ParkedRow): ReactNode => <Tag color={COLORS[state] ?? 'default'}>{PARKED_STATES[state] ?? state}</Tag>;

/** `actions` is absent where the reader has no rights to act. */
const columns = (actions: ((row: ParkedRow) => ReactNode) | undefined): TableColumnsType<ParkedRow> => [
  { title: '主题', dataIndex: 'topic' },
  { title: '键（机构）', dataIndex: 'key', className: 'mono' },
  { title: '类型', render: (_, row) => parkedType(row.type) },
  { title: '情况', render: (_, row) => stateOf(row) },
  { title: '原因', render: (_, row) => parkedReason(row.reason) },
  { title: '字节', align: 'right', render: (_, row) => count(row.valueBytes) },
  { title: '次数', dataIndex: 'tries', align: 'right' },
  { title: '滞留时间', render: (_, row) => moment(row.parkedAt) },
  ...(actions === undefined ? [] : [{ title: '操作', render: (_: unknown, row: ParkedRow) => actions(row) }]),
];

const GAP_REASONS: Readonly<Record<string, string>> = {
  'gap.asked_again': '已请求补发',
  'gap.never_given': '从未发出过，已关闭',
  'gap.forgotten': '发出方已不再保存',
  'gap.owner_away': '发出方暂不可达',
  'gap.owner_unknown': '未配置发出方地址',
};

const GAP_COLUMNS: TableColumnsType<Answers['Gap']> = [
  { title: '主题', dataIndex: 'topic' },
  { title: '键（机构）', dataIndex: 'key', className: 'mono' },
  { title: '缺号', render: (_, gap) => `第 ${gap.firstMissing} 至 ${gap.lastMissing} 号` },
  { title: '发现时间', render: (_, gap) => moment(gap.seenAt) },
  { title: '请求补发次数', dataIndex: 'tries', align: 'right' },
  { title: '结果', render: (_, gap) => GAP_REASONS[gap.reason] ?? gap.reason },
];

const OneService = ({ one, reload }: { one: Answers['ParkedOfService']; reload: () => void }) => {
  const mayAct = useMay('replayParked');
  const [round, setRound] = useState(0);
  const reloadAll = (): void => {
    setRound(round + 1);
    reload();
  };
  const name = SERVICES[one.service] ?? one.service;
  const title = `${name}：滞留${one.total < MOST_COUNTED ? '' : '至少'} ${count(one.total)} 条，序号缺口 ${count(one.gapsTotal)} 处`;
  if (one.unreachable === true) return <Alert type="error" showIcon title={`${name}：服务不可达`} />;
  if (one.total === 0 && one.gapsTotal === 0 && one.notKept === 0) return <Alert type="success" showIcon title={title} />;
  return (
    <Card size="small" title={title}>
      {one.notKept > 0 && (
        <Alert
          type="warning"
          showIcon
          title={`另有 ${count(one.notKept)} 条没有有效签封的消息超过留存上限,只计数,未留存原文；原文仍在消息主题中。`}
        />
      )}
      {one.gapsTotal > 0 && (
        <PagedTable
          label={`${name}：序号缺口`}
          of={`${one.service} ${one.gapsTotal}`}
          load={(after) => api.gapsOf(one.service, after)}
          columns={GAP_COLUMNS}
          rowKey={(gap) => `${gap.topic} ${gap.key} ${gap.firstMissing}`}
        />
      )}
      {(one.total > 0 || one.notKept > 0) && (
        <ParkedGroups service={one.service} name={name} mayAct={mayAct} round={`${one.total} ${one.notKept} ${round}`} reload={reloadAll} />
      )}
      {one.total > 0 && (
        <PagedTable
          label={`${name}：滞留消息`}
          of={`${one.service} ${one.total} ${round}`}
          load={(after) => api.parkedOf(one.service, after)}
          columns={columns(mayAct ? (row) => <ParkedActions service={one.service} row={row} reload={reloadAll} /> : undefined)}
          rowKey={(row) => row.parkedId}
        />
      )}
    </Card>
  );
};

export const ParkedPage = () => {
  const parked = useQuery({ queryKey: ['parked'], queryFn: api.parked });
  const reload = (): void => void parked.refetch();
  return (
    <PageCard
      title="滞留消息"
      extra={
        <Button loading={parked.isFetching} onClick={reload}>
          刷新
        </Button>
      }
    >
      <ProblemAlert problem={parked.error} />
      <Space orientation="vertical" style={{ width: '100%' }}>
        {parked.data?.services.map((one) => (
          <OneService key={one.service} one={one} reload={reload} />
        ))}
      </Space>
    </PageCard>
  );
};
