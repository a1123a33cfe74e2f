// Messages that a service could not read or handle: kept with their bytes, shown here, replayed by key.
import { Alert, App, Button, Card, Space, Table, type TableColumnsType, Tag } from 'antd';
import type { ParkedMessage } from '@hengji/contracts/messaging/v1/parking_service';
import type { Json } from '@hengji/contracts';
import { type ParkedOfService, api } from '../../api';
import { PageCard } from '../../page-card';
import { ProblemAlert } from '../../problem-alert';
import { useLoaded } from '../../use-loaded';
import { SERVICES } from '../../words/enforcement-words';
import { moment } from '../../words/field-words';

type Row = Json<ParkedMessage>;

const columns = (replay: (row: Row) => void): TableColumnsType<Row> => [
  { title: '主题', dataIndex: 'topic' },
  { title: '键（机构）', dataIndex: 'key', className: 'mono' },
  { title: '类型', dataIndex: 'type' },
  { title: '情况', render: (_, row) => (row.state === 'poison' ? <Tag color="error">出错</Tag> : <Tag>排在其后</Tag>) },
  { title: '原因', dataIndex: 'reason', ellipsis: true },
  { title: '次数', dataIndex: 'tries', align: 'right' },
  { title: '滞留时间', render: (_, row) => moment(row.parkedAt) },
  {
    title: '操作',
    render: (_, row) =>
      row.state === 'poison' && (
        <Button size="small" onClick={() => replay(row)}>
          重放该键
        </Button>
      ),
  },
];

const OneService = ({ one, reload }: { one: ParkedOfService; reload: () => void }) => {
  const { message } = App.useApp();
  const replay = async (row: Row): Promise<void> => {
    try {
      const answer = await api.replay(one.service, row.topic, row.key);
      void (answer.stillParked === 0
        ? message.success(`已处理 ${answer.handled} 条`)
        : message.warning(`仍滞留 ${answer.stillParked} 条：${answer.reason}`));
    } catch (error) {
      void message.error(error instanceof Error ? error.message : String(error));
    }
    reload();
  };
  const title = `${SERVICES[one.service] ?? one.service}:滞留 ${one.total} 条`;
  if (one.unreachable === true) return <Alert type="error" showIcon title={`${SERVICES[one.service] ?? one.service}:服务不可达`} />;
  if (one.total === 0 && one.gaps.length === 0) return <Alert type="success" showIcon title={title} />;
  return (
    <Card size="small" title={title}>
      {one.gaps.map((gap) => (
        <Alert
          key={`${gap.topic} ${gap.key} ${gap.firstMissing}`}
          type="warning"
          title={`序号缺口：${gap.topic} ${gap.key} 第 ${gap.firstMissing} 至 ${gap.lastMissing} 号`}
        />
      ))}
      <Table<Row>
        size="small"
        columns={columns((row) => void replay(row))}
        dataSource={one.messages}
        rowKey={(row) => row.parkedId}
        pagination={false}
      />
    </Card>
  );
};

export const ParkedPage = () => {
  const parked = useLoaded(api.parked, []);
  return (
    <PageCard
      title="滞留消息"
      extra={
        <Button loading={parked.busy} onClick={parked.reload}>
          刷新
        </Button>
      }
    >
      <ProblemAlert problem={parked.problem} />
      <Space orientation="vertical" style={{ width: '100%' }}>
        {parked.value?.services.map((one) => (
          <OneService key={one.service} one={one} reload={parked.reload} />
        ))}
      </Space>
    </PageCard>
  );
};
