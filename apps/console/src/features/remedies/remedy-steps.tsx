// The steps of a reconsideration or a suit that may be taken now. Each has the day on which it happened; typed values stay when another
// step is chosen and when a step is refused.
import { REMEDY_RESULT_WORDS } from '@hengji/contracts/lists';
import { Button, Form, Input, Radio, Select } from 'antd';
import type { OrderJson } from '../../api';
import { type RemedyJson, remedies, type RemedyStepBody } from '../../case-api';
import { OneOf } from '../../forms/one-of';
import { useAct } from '../../forms/use-act';
import { AttachmentPicker, type AttachmentsOfFile } from '../../procedure/attachment-picker';
import { ProblemAlert } from '../../problem-alert';
import { STAYED_BY } from '../../words/case-words';
import { MEASURES } from '../../words/enforcement-words';
import { entries } from '../drafts/scope-form';

interface Fields extends Omit<RemedyStepBody, 'scope'> {
  readonly persons?: string;
  readonly certificates?: string;
}

const MANY = '可粘贴多个，用逗号或换行分隔';
const required = (message: string) => [{ required: true, message }];

/** Results that take back a part of the decision. */
const isPart = (result: Fields['result']): boolean => result === 'PARTLY_REVOKED' || result === 'CHANGED';

/** The scope of the order narrowed by the typed values; without values, no scope. */
const scopeOf = ({ persons, certificates }: Fields, order: OrderJson | undefined): Pick<RemedyStepBody, 'scope'> => {
  const lists = { persons: entries(persons), certificates: entries(certificates) };
  const named = Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0));
  return order?.scope === undefined || Object.keys(named).length === 0 ? {} : { scope: { ...order.scope, ...named } };
};

/** The request without the fields that the chosen step does not need. */
export const bodyOf = (fields: Fields, needs: readonly string[], order: OrderJson | undefined): RemedyStepBody => {
  const { step, day, documentNo, text = '', attachmentIds = [], stayedBy, result, servedOn, measures = [] } = fields;
  const isResult = needs.includes('RESULT');
  return {
    ...{ step, text: text.trim(), attachmentIds },
    ...(day === undefined ? {} : { day }),
    ...(needs.includes('DOCUMENT_NO') && documentNo !== undefined ? { documentNo: documentNo.trim() } : {}),
    ...(needs.includes('STAYED_BY') && stayedBy !== undefined ? { stayedBy } : {}),
    ...(isResult && result !== undefined ? { result } : {}),
    ...(isResult && servedOn !== undefined ? { servedOn } : {}),
    ...(isResult && isPart(result) ? { measures, ...scopeOf(fields, order) } : {}),
  };
};

const PartFields = ({ order }: { order: OrderJson }) => (
  <>
    <Form.Item name="measures" label="撤销、变更所涉的措施">
      <Select
        mode="multiple"
        placeholder="全部措施"
        options={order.measures.flatMap((value) =>
          value === 'UNSPECIFIED' ? [] : [{ value, label: `${MEASURES[value].code} ${MEASURES[value].label}` }],
        )}
      />
    </Form.Item>
    <Form.Item name="persons" label="所涉的人员标识">
      <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} placeholder={MANY} />
    </Form.Item>
    <Form.Item name="certificates" label="所涉的证书编号">
      <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} placeholder={MANY} />
    </Form.Item>
  </>
);

const ResultFields = ({ order }: { order: OrderJson | undefined }) => {
  const result = Form.useWatch<Fields['result']>('result');
  return (
    <>
      <Form.Item
        name="result"
        label="结果"
        rules={required('请选择结果')}
        extra="按对原决定的最终效果填写：二审维持一审撤销判决的，填“撤销”。"
      >
        <OneOf label="结果" words={REMEDY_RESULT_WORDS} />
      </Form.Item>
      {isPart(result) && order !== undefined && <PartFields order={order} />}
      <Form.Item name="servedOn" label="申请人（原告）收到结果的日期（同日作出的不填）">
        <Input type="date" style={{ width: 180 }} />
      </Form.Item>
    </>
  );
};

interface Asked {
  readonly remedy: RemedyJson;
  readonly order: OrderJson | undefined;
  readonly attachments: AttachmentsOfFile;
  readonly show: (remedy: RemedyJson) => void;
}

export const RemedySteps = ({ remedy, order, attachments, show }: Asked) => {
  const [form] = Form.useForm<Fields>();
  const { busy, problem, run } = useAct(form);
  const chosen = Form.useWatch<Fields['step'] | undefined>('step', form);
  const next = remedy.nextSteps.find(({ step }) => step === chosen);
  const needs = next?.needs ?? [];
  const take = async (fields: Fields): Promise<void> => {
    if (await run(async (key) => show(await remedies.step(remedy.remedyId, bodyOf(fields, needs, order), key)))) form.resetFields();
  };
  return (
    <Form<Fields> form={form} layout="vertical" onFinish={(fields) => void take(fields)}>
      <ProblemAlert problem={problem} />
      <Form.Item name="step" label="步骤" rules={required('请选择步骤')}>
        <Radio.Group
          aria-label="步骤"
          className="steps"
          options={remedy.nextSteps.map(({ step, title }) => ({ value: step, label: title }))}
        />
      </Form.Item>
      {next !== undefined && (
        <>
          <Form.Item name="day" label="发生日期（补登的填实际日期）" rules={required('请填写日期')}>
            <Input type="date" style={{ width: 180 }} />
          </Form.Item>
          {needs.includes('STAYED_BY') && (
            <Form.Item name="stayedBy" label="由谁决定停止执行" rules={required('请选择')}>
              <OneOf label="由谁决定停止执行" words={STAYED_BY} />
            </Form.Item>
          )}
          {needs.includes('DOCUMENT_NO') && (
            <Form.Item name="documentNo" label="决定书、裁判文书的文号">
              <Input maxLength={200} />
            </Form.Item>
          )}
          {needs.includes('RESULT') && <ResultFields order={order} />}
          <Form.Item name="text" label="内容">
            <Input.TextArea rows={4} maxLength={5000} showCount />
          </Form.Item>
          <Form.Item name="attachmentIds" label={needs.includes('ATTACHMENT') ? '附件（必须提交）' : '附件'}>
            <AttachmentPicker {...attachments} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={busy}>
            {`办理：${next.title}`}
          </Button>
        </>
      )}
    </Form>
  );
};
