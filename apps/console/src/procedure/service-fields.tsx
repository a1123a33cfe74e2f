// How a document was served (送达): the fields that the chosen mode needs, by the rules that come with the file. Times are those of Beijing.
import { Form, Input } from 'antd';
import type { ReactNode } from 'react';
import type { ServiceRule } from '../case-api';
import { OneOf } from '../forms/one-of';
import { CAPACITIES, SERVICE_MODES } from '../words/case-words';
import type { Mode, ServiceTyped } from './stated';

const needed = (label: string) => [{ required: true, whitespace: true, message: `请填写${label}` }];

const TextField = ({ name, label, hint }: { name: keyof ServiceTyped; label: string; hint?: string }) => (
  <Form.Item name={name} label={label} rules={needed(label)} {...(hint === undefined ? {} : { extra: hint })}>
    <Input maxLength={200} />
  </Form.Item>
);

const CapacityField = () => (
  <Form.Item
    name="capacity"
    label="签收人身份"
    rules={[{ required: true, message: '请选择签收人身份' }]}
    extra="门卫、保安等人员不能代收。"
  >
    <OneOf label="签收人身份" words={CAPACITIES} />
  </Form.Item>
);

const FIELDS: Readonly<Record<string, (rule: ServiceRule) => ReactNode>> = {
  receiver: () => <TextField name="receiver" label="收件人姓名" />,
  capacity: () => <CapacityField />,
  servers: ({ leastServers }) => <TextField name="servers" label="送达人" hint={`至少${leastServers}名，姓名之间用顿号分开`} />,
  credentials: () => <TextField name="credentials" label="送达人执法证号" hint="与送达人次序相同，号码之间用顿号分开" />,
  witness: () => <TextField name="witness" label="见证人" />,
  postNumber: () => <TextField name="postNumber" label="邮件号" hint="2位字母、9位数字加CN，或者13位数字" />,
  publishedIn: () => <TextField name="publishedIn" label="公告载体" />,
  reason: () => <TextField name="reason" label="其他方式无法送达的原因" />,
};

interface Asked {
  readonly rules: readonly ServiceRule[];
  readonly mode: Mode | undefined;
}

export const ServiceFields = ({ rules, mode }: Asked) => {
  const rule = rules.find((one) => one.mode === mode);
  return (
    <>
      <Form.Item name="mode" label="送达方式" rules={[{ required: true, message: '请选择送达方式' }]}>
        <OneOf label="送达方式" words={SERVICE_MODES} />
      </Form.Item>
      {rule?.fields.map((field) => (
        <div key={field}>{FIELDS[field]?.(rule)}</div>
      ))}
      {rule !== undefined && (
        <Form.Item
          name="servedAt"
          label="送达时间"
          rules={needed('送达时间')}
          extra="实际送达的时间。登记晚于送达当日的，当事人陈述申辩、申请听证的期间自登记之日起算。"
        >
          <Input type="datetime-local" style={{ width: 220 }} />
        </Form.Item>
      )}
    </>
  );
};

/** The label of the attachments of a service: what proves it. */
export const proofLabel = (rules: readonly ServiceRule[], mode: Mode | undefined): string => {
  const proof = rules.find((rule) => rule.mode === mode)?.proof ?? '';
  return proof === '' ? '附件' : `附件（必须提交：${proof}）`;
};
