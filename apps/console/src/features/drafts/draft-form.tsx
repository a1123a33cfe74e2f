// The form of a draft in two steps, for a new draft and for an edit. A refusal is shown above the form and at its field; nothing typed is lost.
import { Button, Form, Space, Steps } from 'antd';
import { type ReactNode, useState } from 'react';
import type { DraftBody } from '../../api';
import { fieldFaults } from '../../forms/field-faults';
import { ProblemAlert } from '../../problem-alert';
import { MeasureStep } from './measure-step';
import { draftBody, type OrderForm } from './scope-form';
import { SubjectStep } from './subject-step';

const STEP_FIELDS: readonly (readonly (keyof OrderForm)[])[] = [
  ['institution', 'caseId', 'title', 'plans', 'sessions', 'occupations', 'persons', 'certificates', 'from', 'until'],
  ['interim', 'urgency', 'endCondition', 'measures', 'grounds', 'reason', 'rectifyBy', 'supersedes'],
];

interface Asked {
  readonly initial: Partial<OrderForm>;
  readonly isEdit: boolean;
  readonly submitLabel: string;
  /** Shown above the form, after a refusal too. */
  readonly children?: ReactNode;
  /** Throws a refusal. */
  readonly submit: (body: DraftBody) => Promise<void>;
}

export const DraftForm = ({ initial, isEdit, submitLabel, children, submit }: Asked) => {
  const [form] = Form.useForm<OrderForm>();
  const [step, setStep] = useState(0);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Error>();

  /** What was chosen of another institution is no longer meant. */
  const forget = (changed: Partial<OrderForm>): void => {
    if ('institution' in changed) form.resetFields(['caseId', 'plans', 'persons', 'supersedes']);
  };
  const next = async (): Promise<void> => {
    await form.validateFields(STEP_FIELDS[step] as (keyof OrderForm)[], { recursive: true });
    setStep(step + 1);
  };
  const send = async (): Promise<void> => {
    await form.validateFields();
    setBusy(true);
    setProblem(undefined);
    try {
      await submit(draftBody(form.getFieldsValue(true) as OrderForm));
    } catch (error) {
      const refused = error instanceof Error ? error : new Error(String(error));
      setProblem(refused);
      const faults = fieldFaults(refused, STEP_FIELDS.flat());
      form.setFields(faults as Parameters<typeof form.setFields>[0]);
      const faulty = STEP_FIELDS.findIndex((fields) => faults.some(({ name }) => (fields as readonly string[]).includes(name)));
      if (faulty >= 0) setStep(faulty);
      window.scrollTo({ top: 0 });
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Steps
        current={step}
        items={[{ title: '对象与范围' }, { title: '措施与依据' }, { title: '预览与签发' }]}
        style={{ maxWidth: 760, marginBottom: 20 }}
      />
      <ProblemAlert problem={problem} />
      {children}
      <Form form={form} layout="vertical" style={{ maxWidth: 760 }} initialValues={initial} onValuesChange={forget}>
        <div hidden={step !== 0}>
          <SubjectStep isEdit={isEdit} />
        </div>
        <div hidden={step !== 1}>
          <MeasureStep />
        </div>
        <Space>
          {step > 0 && <Button onClick={() => setStep(step - 1)}>上一步</Button>}
          {step === 0 && (
            <Button type="primary" onClick={() => void next().catch(() => undefined)}>
              下一步
            </Button>
          )}
          {step === 1 && (
            <Button type="primary" loading={busy} onClick={() => void send().catch(() => undefined)}>
              {submitLabel}
            </Button>
          )}
        </Space>
      </Form>
    </>
  );
};
