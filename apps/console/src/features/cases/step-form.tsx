// What may be done in the case now, as one form: the steps, their titles and what each needs come with the file, from the table that
// guards the call. What was typed stays when another step is chosen, and when a step is refused.
import { Alert, Button, Form, Input, Radio } from 'antd';
import { type CaseJson, type StepBody, cases } from '../../case-api';
import { ProblemAlert } from '../../problem-alert';
import { OneOf } from '../../forms/one-of';
import { useAct } from '../../forms/use-act';
import { SERVICE_MODES, stepWord } from '../../words/case-words';
import { AttachmentPicker } from './attachment-picker';

interface Asked {
  readonly theCase: CaseJson;
  readonly show: (theCase: CaseJson) => void;
  readonly reload: () => void;
}

type Fields = Partial<StepBody>;

const ServiceFields = () => (
  <>
    <Form.Item name="mode" label="送达方式" rules={[{ required: true, message: '请选择送达方式' }]}>
      <OneOf label="送达方式" words={SERVICE_MODES} />
    </Form.Item>
    <Form.Item name="receiver" label="受送达人" rules={[{ required: true, whitespace: true, message: '请填写受送达人' }]}>
      <Input maxLength={200} />
    </Form.Item>
  </>
);

/** Which draft the step is about; numbered as the file lists its orders. Asked only where there is a choice. */
const DraftField = ({ orderIds }: { orderIds: readonly string[] }) => (
  <Form.Item name="orderId" label="针对的处理决定草稿" rules={[{ required: true, message: '请选择这一步针对的草稿' }]}>
    <Radio.Group aria-label="针对的处理决定草稿" options={orderIds.map((id, place) => ({ value: id, label: `第 ${place + 1} 份` }))} />
  </Form.Item>
);

export const StepForm = ({ theCase, show, reload }: Asked) => {
  const [form] = Form.useForm<Fields>();
  const { busy, problem, run } = useAct(form);
  const chosen = Form.useWatch('step', form);
  const steps = theCase.nextSteps.flatMap(({ step, ...one }) => (step === 'UNSPECIFIED' ? [] : [{ ...one, step }]));
  if (steps.length === 0)
    return <Alert type="info" showIcon title="您现在没有可办的步骤。" description="“还不能办的步骤”、关口和台账说明本案在等什么。" />;
  const needsOf = (step: Fields['step']): readonly string[] => steps.find((one) => one.step === step)?.needs ?? [];
  const needs = needsOf(chosen);
  const word = chosen === undefined ? undefined : stepWord(chosen);
  const take = async ({ step, text = '', attachmentIds = [], mode, receiver, orderId = '' }: Fields): Promise<void> => {
    if (step === undefined) return;
    const service = mode === undefined ? {} : { mode, receiver: receiver?.trim() ?? '' };
    // A draft that was chosen for another step before stays in the form, and is not sent with a step that is about none.
    const about = needsOf(step).includes('DRAFT') ? { orderId } : {};
    const isDone = await run(async (key) =>
      show(await cases.step(theCase.caseId, { step, text: text.trim(), attachmentIds, ...service, ...about }, key)),
    );
    if (isDone) form.resetFields();
  };
  return (
    <Form<Fields> form={form} layout="vertical" onFinish={(fields) => void take(fields)}>
      <ProblemAlert problem={problem} />
      <Form.Item name="step" label="步骤" rules={[{ required: true, message: '请选择步骤' }]}>
        <Radio.Group aria-label="步骤" className="steps" options={steps.map(({ step, title }) => ({ value: step, label: title }))} />
      </Form.Item>
      {chosen !== undefined && !steps.some(({ step }) => step === chosen) && (
        <Alert type="warning" showIcon style={{ marginBottom: 12 }} title="案件已有变化，这一步现在不能办。您填写的内容仍保留。" />
      )}
      {word?.text !== undefined && (
        <Form.Item name="text" label={word.text}>
          <Input.TextArea rows={4} maxLength={5000} showCount />
        </Form.Item>
      )}
      {needs.includes('SERVICE') && <ServiceFields />}
      {needs.includes('DRAFT') && theCase.orderIds.length > 1 && <DraftField orderIds={theCase.orderIds} />}
      {word?.text !== undefined && (
        <Form.Item name="attachmentIds" label={needs.includes('ATTACHMENT') ? '附件（必须提交）' : '附件'}>
          <AttachmentPicker theCase={theCase} changed={reload} />
        </Form.Item>
      )}
      {word !== undefined && (
        <Button type="primary" htmlType="submit" loading={busy}>
          {`办理：${word.label}`}
        </Button>
      )}
    </Form>
  );
};
