// The records of one person (人员查询), searched by both name and ID number, for a purpose that is stored with the search. The address contains
// no part of the search, and the page stores nothing after the reader leaves it.
import { nameFault, typedName, typedNumber } from '@hengji/province';
import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { api } from '../../api';
import { OneOf } from '../../forms/one-of';
import { UnderstoodField } from '../../forms/understood';
import { useAct } from '../../forms/use-act';
import type { Body } from '../../http';
import { PageCard } from '../../page-card';
import { ProblemAlert } from '../../problem-alert';
import { FoundRecords } from './found-records';

type Asked = Body<'/api/people/search'>;

const PURPOSES = {
  COMPLAINT: '核查投诉举报',
  CASE: '办理案件',
  CERTIFICATE: '核实证书',
  SUBSIDY: '核查补贴',
  OTHER: '其他',
} as const satisfies Record<Asked['purpose'], string>;

const required = (message: string) => [{ required: true, whitespace: true, message }];

/** The fault of the name is shown before it is sent. */
const NAME = {
  required: true,
  validator: async (_: unknown, typed: string | undefined) => {
    const fault = nameFault(typed ?? '');
    if (fault !== undefined) throw new Error(fault);
  },
};

export const PersonPage = () => {
  const [form] = Form.useForm<Asked>();
  const { busy, problem, run } = useAct(form);
  const [found, setFound] = useState<Awaited<ReturnType<typeof api.lookUpPerson>>>();
  const search = (asked: Asked): Promise<boolean> => {
    setFound(undefined);
    return run(async (key) => setFound(await api.lookUpPerson(asked, key)));
  };
  return (
    <PageCard title="人员查询">
      <Alert type="info" showIcon style={{ marginBottom: 12 }} title="每次查询都记入操作记录：查询人、查询目的、用途说明和查到的记录。" />
      <ProblemAlert problem={problem} />
      <Form<Asked> form={form} layout="vertical" style={{ maxWidth: 760 }} autoComplete="off" onFinish={(asked) => void search(asked)}>
        <Form.Item name="name" label="姓名" rules={[NAME]} extra={<UnderstoodField name="name" read={typedName} />}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item
          name="idNumber"
          label="证件号码"
          rules={required('请填写证件号码')}
          extra={<UnderstoodField name="idNumber" read={typedNumber} />}
        >
          <Input maxLength={30} />
        </Form.Item>
        <Form.Item name="purpose" label="查询目的" rules={[{ required: true, message: '请选择查询目的' }]}>
          <OneOf label="查询目的" words={PURPOSES} />
        </Form.Item>
        <Form.Item name="note" label="用途说明" rules={required('请填写用途说明')}>
          <Input.TextArea rows={2} maxLength={200} showCount />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={busy}>
          查询
        </Button>
      </Form>
      <div aria-live="polite">{found !== undefined && <FoundRecords found={found} />}</div>
    </PageCard>
  );
};
