// The work that people do after an order: rectification (M6) with its evidence and the re-checks by two officers, and the work after a
// removal from the directory (M7).
import { Button, Card, Form, Input, Radio, Space, Table, type TableColumnsType, Tag } from 'antd';
import { type CaseJson, cases } from '../../case-api';
import { ProblemAlert } from '../../problem-alert';
import { ReasonButton } from '../../forms/reason-button';
import { useAct } from '../../forms/use-act';
import { RECTIFICATION_STATES } from '../../words/case-words';
import { moment } from '../../words/field-words';
import { AttachmentPicker } from '../../procedure/attachment-picker';
import { attachmentsOf } from './case-steps';
import type { Answers } from '../../http';

interface Asked {
  readonly theCase: CaseJson;
  readonly show: (theCase: CaseJson) => void;
  readonly reload: () => void;
}

const EvidenceForm = ({ theCase, orderId, show, reload }: Asked & { orderId: string }) => {
  const [form] = Form.useForm<{ text: string; attachmentIds?: string[] }>();
  const { busy, problem, run } = useAct(form);
  const give = async ({ text, attachmentIds = [] }: { text: string; attachmentIds?: string[] }): Promise<void> => {
    if (await run(async (key) => show(await cases.giveEvidence(orderId, { text: text.trim(), attachmentIds }, key)))) form.resetFields();
  };
  return (
    <Form form={form} layout="vertical" onFinish={(fields: { text: string; attachmentIds?: string[] }) => void give(fields)}>
      <ProblemAlert problem={problem} />
      <Form.Item name="text" label="整改情况" rules={[{ required: true, whitespace: true, message: '请填写整改情况' }]}>
        <Input.TextArea rows={3} maxLength={4000} showCount />
      </Form.Item>
      <Form.Item name="attachmentIds" label="整改材料">
        <AttachmentPicker {...attachmentsOf(theCase, reload)} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={busy}>
        提交整改材料
      </Button>
    </Form>
  );
};

const RecheckForm = ({ orderId, show }: { orderId: string; show: (theCase: CaseJson) => void }) => {
  const [form] = Form.useForm<{ passed: boolean; text: string }>();
  const { busy, problem, run } = useAct(form);
  const check = async ({ passed, text }: { passed: boolean; text: string }): Promise<void> => {
    if (await run(async (key) => show(await cases.recheck(orderId, { passed, text: text.trim() }, key)))) form.resetFields();
  };
  return (
    <Form form={form} layout="vertical" onFinish={(fields: { passed: boolean; text: string }) => void check(fields)}>
      <ProblemAlert problem={problem} />
      <Form.Item name="passed" label="复查结论" rules={[{ required: true, message: '请选择复查结论' }]}>
        <Radio.Group
          aria-label="复查结论"
          options={[
            { value: true, label: '合格' },
            { value: false, label: '不合格' },
          ]}
        />
      </Form.Item>
      <Form.Item name="text" label="现场复查情况" rules={[{ required: true, whitespace: true, message: '请填写复查情况' }]}>
        <Input.TextArea rows={3} maxLength={4000} showCount />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={busy}>
        登记复查
      </Button>
    </Form>
  );
};

const OneRectification = ({ one, ...asked }: Asked & { one: Answers['Rectification'] }) => {
  const word = RECTIFICATION_STATES[one.state];
  return (
    <Card
      size="small"
      title={
        <div className="row">
          <span>限期整改，期限 {one.dueOn}</span>
          <Tag color={word?.color ?? 'default'}>{word?.label ?? one.state}</Tag>
        </div>
      }
    >
      <ul className="plain-list" style={{ marginBottom: 12 }}>
        {one.evidence.map((evidence) => (
          <li key={`${evidence.by} ${evidence.at ?? ''}`}>
            机构提交 {moment(evidence.at)}：{evidence.text}（附件 {evidence.attachmentIds.length} 件）
          </li>
        ))}
        {one.checks.map((check) => (
          <li key={`${check.by} ${check.at ?? ''}`}>
            {check.byName || check.by} 复查 {moment(check.at)}：{check.passed ? '合格' : '不合格'}，{check.text}
          </li>
        ))}
      </ul>
      {one.allowedActions.includes('giveEvidence') && <EvidenceForm {...asked} orderId={one.orderId} />}
      {one.allowedActions.includes('recheck') && <RecheckForm orderId={one.orderId} show={asked.show} />}
    </Card>
  );
};

const followUpColumns = ({ show }: Asked): TableColumnsType<Answers['FollowUp']> => [
  { title: '善后事项', dataIndex: 'title' },
  { title: '期限', width: 160, render: (_, one) => moment(one.dueAt) },
  { title: '办结', render: (_, one) => (one.done ? `${moment(one.doneAt)} ${one.note}` : '—') },
  {
    title: '操作',
    width: 110,
    render: (_, one) =>
      one.allowedActions.includes('finish') && (
        <ReasonButton
          small
          label="办结"
          title={`办结：${one.title}`}
          reason="办结情况"
          act={async (note, key) => show(await cases.finishFollowUp(one, note, key))}
        />
      ),
  },
];

export const Aftermath = (asked: Asked) => (
  <Space orientation="vertical" style={{ width: '100%' }}>
    {asked.theCase.rectifications.map((one) => (
      <OneRectification key={one.orderId} one={one} {...asked} />
    ))}
    {asked.theCase.followUps.length > 0 && (
      <Table<Answers['FollowUp']>
        size="small"
        aria-label="善后事项"
        columns={followUpColumns(asked)}
        dataSource={asked.theCase.followUps}
        rowKey={(one) => `${one.orderId} ${one.kind}`}
        pagination={false}
      />
    )}
  </Space>
);
