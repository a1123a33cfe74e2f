// How a document was served (送达): the fields that the chosen mode needs, by the rules that come with the file. Times are those of Beijing.
import { Form, Input } from 'antd';
import type { ReactNode } from 'react';
import type { ServiceRule } from '../case-api';
import { OneOf } from '../forms/one-of';
import type { Answers } from '../http';
import { CAPACITIES, SERVICE_MODES } from '../words/case-words';

type Mode = Exclude<Answers['ServiceMode'], 'UNSPECIFIED'>;
type Capacity = keyof typeof CAPACITIES;

/** The fields of the form. */
export interface ServiceTyped {
  readonly mode?: Mode;
  readonly receiver?: string;
  /** Of an input for date and time: YYYY-MM-DDTHH:MM. */
  readonly servedAt?: string;
  readonly capacity?: Capacity;
  /** Names with 、 between them. */
  readonly servers?: string;
  readonly witness?: string;
  readonly postNumber?: string;
  readonly publishedIn?: string;
  readonly reason?: string;
}

/** The service as the gateway takes it, without fields that the mode does not have. */
export interface ServiceStated {
  readonly mode: Mode;
  readonly receiver: string;
  readonly service: {
    readonly servedAt?: string;
    readonly capacity?: Capacity;
    readonly servers: string[];
    readonly witness: string;
    readonly postNumber: string;
    readonly publishedIn: string;
    readonly reason: string;
  };
}

const namesIn = (text: string): string[] => text.split(/[、，,；;\s]+/u).filter((name) => name !== '');

export const serviceOf = (typed: ServiceTyped, rules: readonly ServiceRule[]): ServiceStated | undefined => {
  const { mode, servedAt, capacity } = typed;
  if (mode === undefined) return undefined;
  const fields = rules.find((rule) => rule.mode === mode)?.fields ?? [];
  const said = (name: 'receiver' | 'servers' | 'witness' | 'postNumber' | 'publishedIn' | 'reason'): string =>
    fields.includes(name) ? (typed[name] ?? '').trim() : '';
  return {
    mode,
    receiver: said('receiver'),
    service: {
      ...(servedAt === undefined || servedAt === '' ? {} : { servedAt: `${servedAt.slice(0, 16)}:00+08:00` }),
      ...(capacity === undefined || !fields.includes('capacity') ? {} : { capacity }),
      servers: namesIn(said('servers')),
      witness: said('witness'),
      postNumber: said('postNumber'),
      publishedIn: said('publishedIn'),
      reason: said('reason'),
    },
  };
};

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
        <Form.Item name="servedAt" label="送达时间" rules={needed('送达时间')} extra="实际送达的时间，期限从此时起算。">
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
