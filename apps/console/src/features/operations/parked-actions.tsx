// The actions on one parked message: show it decoded, replay it, and discard it with a second person.
import { useQuery } from '@tanstack/react-query';
import { App, Button, Descriptions, Modal, Popconfirm, Space } from 'antd';
import { useState } from 'react';
import { type ServiceName, api } from '../../api';
import { ReasonButton } from '../../forms/reason-button';
import { useMe } from '../../me';
import { ProblemAlert } from '../../problem-alert';
import { count, moment } from '../../words/field-words';
import { parkedReason } from '../../words/parked-words';
import type { Answers } from '../../http';

export type ParkedRow = Answers['ParkedMessage'];

interface Asked {
  readonly service: ServiceName;
  readonly row: ParkedRow;
  readonly reload: () => void;
}

const Content = ({ service, row }: Omit<Asked, 'reload'>) => {
  const look = useQuery({ queryKey: ['parked', service, row.parkedId], queryFn: () => api.parkedMessage(service, row.parkedId) });
  const { json, cut, undecodable, head, keyHex, headers = [] } = look.data ?? {};
  return (
    <>
      <ProblemAlert problem={look.error} />
      <Descriptions
        size="small"
        column={1}
        items={[
          { key: 'at', label: '位置', children: `${row.topic} [${row.partition}] 第 ${row.offset} 条,${row.valueBytes} 字节` },
          { key: 'key', label: '键(十六进制)', children: keyHex },
          { key: 'reason', label: '滞留原因', children: parkedReason(row.reason) },
          ...headers.map(({ name, value }, index) => ({ key: `header ${index}`, label: name, children: value })),
          ...(undecodable ? [{ key: 'why', label: '无法解析', children: `${undecodable}。开头字节:${head ?? ''}` }] : []),
        ]}
      />
      {json && (
        // Keyboard users can focus and scroll this region.
        <pre role="region" aria-label="消息内容" tabIndex={0} style={{ maxHeight: 400, overflow: 'auto' }}>
          {json}
        </pre>
      )}
      {cut === true && <p>内容过长,以上为前一部分。</p>}
    </>
  );
};

const LookButton = ({ service, row }: Omit<Asked, 'reload'>) => {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        查看
      </Button>
      <Modal
        open={open}
        title="滞留消息内容"
        width={900}
        footer={null}
        closable={{ 'aria-label': '关闭' }}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <Content service={service} row={row} />
      </Modal>
    </>
  );
};

/** The button of the second person; the proposer sees that another person must confirm. */
const Confirm = ({ proposal, confirm }: { proposal: NonNullable<ParkedRow['proposal']>; confirm: () => void }) => {
  const me = useMe();
  if (proposal.officerId === me.officerId) return <span>已提议作废,待另一人确认</span>;
  return (
    <Popconfirm
      title={`${proposal.name} 于 ${moment(proposal.proposedAt)} 提议作废`}
      description={`理由:${proposal.reason}(作废后原文永久留存,其后的消息按顺序处理)`}
      okText="确认作废"
      cancelText="返回"
      onConfirm={confirm}
    >
      <Button size="small" danger>
        确认作废
      </Button>
    </Popconfirm>
  );
};

export const ParkedActions = ({ service, row, reload }: Asked) => {
  const { message } = App.useApp();
  const tell = async (act: () => Promise<Answers['ReplayParkedResponse']>, done = ''): Promise<void> => {
    try {
      const { handled, stillParked, reason } = await act();
      const said = done === '' || handled > 0 ? `${done}已处理 ${count(handled)} 条` : done;
      void (stillParked === 0
        ? message.success(said)
        : message.warning(`${said}，仍滞留 ${count(stillParked)} 条：${parkedReason(reason)}`));
    } catch (error) {
      void message.error(error instanceof Error ? error.message : String(error));
    }
    reload();
  };
  return (
    <Space wrap>
      <LookButton service={service} row={row} />
      {row.state === 'poison' && (
        <Button size="small" onClick={() => void tell(() => api.replay(service, row.topic, row.key))}>
          重放该键
        </Button>
      )}
      {row.state === 'quarantined' && (
        <Button size="small" onClick={() => void tell(() => api.replayMessage(service, row.parkedId))}>
          重放
        </Button>
      )}
      {row.proposal ? (
        <Confirm
          proposal={row.proposal}
          confirm={() => void tell(() => api.confirmDiscard(service, row.parkedId, row.proposal?.version ?? ''), '已作废。')}
        />
      ) : (
        <ReasonButton
          small
          danger
          label="提议作废"
          title="提议作废滞留消息"
          reason="作废理由"
          hint="须由另一名运维人员或省级经办人员确认。确认后原文连同理由、提议人和确认人永久留存。"
          act={async (reason, key) => {
            await api.proposeDiscard(service, row.parkedId, { reason, key });
            reload();
          }}
        />
      )}
    </Space>
  );
};
