// Parked messages of one service, counted by topic, state and reason; two people discard many quarantined messages in one act.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { App, Button, Popconfirm, Space, Table, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import { type ServiceName, api } from '../../api';
import { ReasonButton } from '../../forms/reason-button';
import { useMe } from '../../me';
import { ProblemAlert } from '../../problem-alert';
import { count, moment } from '../../words/field-words';
import { parkedReason, PARKED_STATES } from '../../words/parked-words';
import type { Answers } from '../../http';

interface Asked {
  readonly service: ServiceName;
  /** The accessible name of the table. */
  readonly name: string;
  readonly mayAct: boolean;
  /** Changes after every action. */
  readonly round: string;
  readonly reload: () => void;
}

const ProposeButton = ({ service, group, reload }: Pick<Asked, 'service' | 'reload'> & { group: Answers['ParkedGroup'] }) => (
  <ReasonButton
    small
    danger
    label="提议整组作废"
    title={`提议作废本组 ${count(group.messages)} 条消息`}
    reason="作废理由"
    hint="一次最多一万条。提议只包括此刻已有的消息,其后到达的不在其内。须由另一名运维人员或省级经办人员确认。"
    act={async (reason, key) => {
      await api.proposeGroupDiscard(service, { topic: group.topic, parkedReason: group.reason, reason }, key);
      reload();
    }}
  />
);

const groupColumns = (actions: ((group: Answers['ParkedGroup']) => ReactNode) | undefined): TableColumnsType<Answers['ParkedGroup']> => [
  { title: '主题', dataIndex: 'topic' },
  { title: '情况', render: (_, group) => PARKED_STATES[group.state] ?? group.state },
  { title: '原因', render: (_, group) => parkedReason(group.reason) },
  { title: '条数', align: 'right', render: (_, group) => count(group.messages) },
  { title: '只计数未留存', align: 'right', render: (_, group) => count(group.notKept) },
  { title: '最早滞留', render: (_, group) => (group.firstParkedAt === undefined ? '' : moment(group.firstParkedAt)) },
  ...(actions === undefined ? [] : [{ title: '操作', render: (_: unknown, group: Answers['ParkedGroup']) => actions(group) }]),
];

/** The second person sees count, filter and reason of exactly this proposal, and confirms no other proposal. */
const ConfirmGroup = ({ service, group, reload }: Pick<Asked, 'service' | 'reload'> & { group: Answers['DiscardGroup'] }) => {
  const { message } = App.useApp();
  const me = useMe();
  const { proposal } = group;
  if (proposal?.officerId === me.officerId) return <span>待另一人确认</span>;
  const confirm = async (): Promise<void> => {
    try {
      const { discarded } = await api.confirmGroupDiscard(service, group.groupId, group.digest);
      void message.success(`已作废 ${count(discarded)} 条`);
    } catch (error) {
      void message.error(error instanceof Error ? error.message : String(error));
    }
    reload();
  };
  return (
    <Popconfirm
      title={`作废 ${count(group.messages)} 条被隔离的消息`}
      description={`理由:${proposal?.reason ?? ''}(作废后原文永久留存)`}
      okText="确认作废"
      cancelText="返回"
      onConfirm={() => void confirm()}
    >
      <Button size="small" danger>
        确认整组作废
      </Button>
    </Popconfirm>
  );
};

const proposalColumns = (
  actions: ((group: Answers['DiscardGroup']) => ReactNode) | undefined,
): TableColumnsType<Answers['DiscardGroup']> => [
  { title: '主题', render: (_, group) => group.filter?.topic },
  { title: '滞留原因', render: (_, group) => (group.filter?.reason ? parkedReason(group.filter.reason) : '不限') },
  { title: '条数', align: 'right', render: (_, group) => count(group.messages) },
  { title: '作废理由', render: (_, group) => group.proposal?.reason },
  { title: '提议人', render: (_, group) => group.proposal?.name },
  { title: '提议时间', render: (_, group) => moment(group.proposal?.proposedAt) },
  ...(actions === undefined ? [] : [{ title: '操作', render: (_: unknown, group: Answers['DiscardGroup']) => actions(group) }]),
];

export const ParkedGroups = ({ service, name, mayAct, round, reload }: Asked) => {
  const loaded = useQuery({
    queryKey: ['parked-groups', service, round],
    queryFn: () => api.parkedGroups(service),
    placeholderData: keepPreviousData,
  });
  const { groups = [], proposals = [] } = loaded.data ?? {};
  const propose = (group: Answers['ParkedGroup']) =>
    group.state === 'quarantined' && group.messages > 0 ? <ProposeButton service={service} group={group} reload={reload} /> : undefined;
  return (
    <Space orientation="vertical" size="middle" style={{ width: '100%', marginBottom: 16 }}>
      <ProblemAlert problem={loaded.error} />
      {proposals.length > 0 && (
        <Table
          size="small"
          aria-label={`${name}：成组作废提议`}
          pagination={false}
          columns={proposalColumns(mayAct ? (group) => <ConfirmGroup service={service} group={group} reload={reload} /> : undefined)}
          dataSource={proposals}
          rowKey={({ groupId }) => groupId}
        />
      )}
      <Table
        size="small"
        aria-label={`${name}：滞留分组`}
        pagination={false}
        loading={loaded.isFetching}
        columns={groupColumns(mayAct ? propose : undefined)}
        dataSource={groups}
        rowKey={({ topic, state, reason }) => `${topic} ${state} ${reason}`}
        locale={{ emptyText: '没有记录' }}
      />
    </Space>
  );
};
