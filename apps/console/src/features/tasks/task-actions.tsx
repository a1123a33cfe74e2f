// The actions that the service allows on a task: take it, assign it to another person of the authority, return it.
import { useQuery } from '@tanstack/react-query';
import { Button, Modal, Select, Space } from 'antd';
import { useState } from 'react';
import { useAct } from '../../forms/use-act';
import { ProblemAlert } from '../../problem-alert';
import { queries } from '../../queries';
import { tasks, type TaskJson } from '../../task-api';

const refresh = (): Promise<void> => queries.invalidateQueries();

/** A dialogue that asks for the person. */
const ToWhom = ({ label, act }: { label: string; act: (to: string, key: string) => Promise<unknown> }) => {
  const [open, setOpen] = useState(false);
  const [to, setTo] = useState<string | null>(null);
  const { busy, problem, run } = useAct();
  const officers = useQuery({ queryKey: ['task-officers'], queryFn: tasks.officers, enabled: open });
  const confirm = async (): Promise<void> => {
    if (to === null || !(await run((key) => act(to, key)))) return;
    setOpen(false);
    await refresh();
  };
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Modal
        open={open}
        title={`${label}待办`}
        okText={`确认${label}`}
        cancelText="返回"
        okButtonProps={{ loading: busy, disabled: to === null }}
        onCancel={() => setOpen(false)}
        onOk={() => void confirm()}
      >
        <ProblemAlert problem={problem ?? officers.error} />
        <Select
          aria-label="经办人员"
          placeholder="选择本部门经办人员"
          value={to}
          onChange={(chosen: string) => setTo(chosen)}
          options={(officers.data?.items ?? []).map(({ officerId, name }) => ({ value: officerId, label: name === '' ? officerId : name }))}
          style={{ width: '100%' }}
        />
      </Modal>
    </>
  );
};

const At = ({ label, act }: { label: string; act: (key: string) => Promise<unknown> }) => {
  const { busy, problem, run } = useAct();
  const go = async (): Promise<void> => {
    if (await run(act)) await refresh();
  };
  return (
    <>
      <Button size="small" loading={busy} onClick={() => void go()}>
        {label}
      </Button>
      <ProblemAlert problem={problem} />
    </>
  );
};

export const TaskActions = ({ task }: { task: TaskJson }) => {
  const may = (act: TaskJson['allowed'][number]): boolean => task.allowed.includes(act);
  return (
    <Space wrap>
      {may('ASSIGN') && <At label="领取" act={(key) => tasks.assign(task, '', key)} />}
      {may('ASSIGN') && <ToWhom label="指派" act={(to, key) => tasks.assign(task, to, key)} />}
      {may('HAND_OVER') && <ToWhom label="转交" act={(to, key) => tasks.handOver(task, to, key)} />}
      {may('TAKE_BACK') && <At label="收回" act={(key) => tasks.takeBack(task, key)} />}
    </Space>
  );
};
