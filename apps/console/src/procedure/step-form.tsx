// The steps that may be taken in a file now, as one form. The steps, their titles and their needs come with the file, from the table that
// also checks the call. Typed values stay when another step is chosen and when a step is refused.
import { Alert, Button, Form, Input, Radio } from 'antd';
import type { ReactNode } from 'react';
import type { ServiceRule } from '../case-api';
import { useAct } from '../forms/use-act';
import { ProblemAlert } from '../problem-alert';
import { ActEndFields, actEndOf, type ActEndTyped } from './act-end-fields';
import { AttachmentPicker, type AttachmentsOfFile, type EvidenceKind } from './attachment-picker';
import { ChainFields, chainOf, type ChainTyped } from './chain-fields';
import { ParticularFields, type PersonOfFile } from './particular-fields';
import { proofLabel, ServiceFields } from './service-fields';
import { particularsOf, serviceOf, type Particulars, type ParticularsTyped, type ServiceStated, type ServiceTyped } from './stated';

/** An allowed step, with the fields that its form needs. */
export interface NextStep<S extends string> {
  readonly step: S;
  readonly title: string;
  /** The label of the step's text; absent = no text and no attachment. */
  readonly text: string | undefined;
  /**
   * ATTACHMENT: the step needs an attachment. EVIDENCE: it needs one of the kinds `evidence`. SERVICE: the step serves a document, by
   * `serviceRules`. DRAFT: the step concerns one of `subjects`. ACT_END: it states when the act ended. OFFICERS, DOCUMENT_NO,
   * AUTHORITY: chain-fields.tsx.
   */
  readonly needs: readonly string[];
  readonly evidence: readonly EvidenceKind[];
}

/** The values of the form, without fields that the step does not need, whatever was typed for another step. */
export interface StepTaken<S extends string> {
  readonly step: S;
  readonly text: string;
  readonly attachmentIds: string[];
  readonly service?: ServiceStated;
  readonly particulars?: Partial<Particulars>;
  readonly about?: string;
  readonly actEnd?: ReturnType<typeof actEndOf>;
  readonly chain: ChainTyped;
}

interface Asked<S extends string> {
  readonly steps: readonly NextStep<S>[];
  /** The possible subjects of a step, and the label of the choice. */
  readonly subjects: { readonly label: string; readonly options: readonly { readonly value: string; readonly label: string }[] };
  readonly attachments: AttachmentsOfFile;
  /** What each mode of service needs. */
  readonly serviceRules: readonly ServiceRule[];
  /** The officers of the record, for a decision on a recusal. */
  readonly people: readonly PersonOfFile[];
  /** Further fields of a step, as items of the same form. */
  readonly more?: (step: NextStep<S>) => ReactNode;
  /** Takes the step and shows the answer; `values`: the form with the further fields. */
  readonly take: (taken: StepTaken<S>, key: string, values: object) => Promise<void>;
}

interface Fields<S extends string> extends ServiceTyped, ParticularsTyped, ActEndTyped, ChainTyped {
  readonly step?: S;
  readonly text?: string;
  readonly attachmentIds?: string[];
  readonly about?: string;
}

/** Shown only where there is a choice. */
const SubjectField = ({ label, options }: Asked<string>['subjects']) => (
  <Form.Item name="about" label={label} rules={[{ required: true, message: `请选择${label}` }]}>
    <Radio.Group aria-label={label} options={[...options]} />
  </Form.Item>
);

const takenOf = <S extends string>(next: NextStep<S>, fields: Fields<S>, rules: readonly ServiceRule[]): StepTaken<S> => {
  const { text = '', attachmentIds = [], about } = fields;
  const service = next.needs.includes('SERVICE') ? serviceOf(fields, rules) : undefined;
  const particulars = particularsOf(next.needs, fields);
  return {
    step: next.step,
    text: next.text === undefined ? '' : text.trim(),
    attachmentIds: next.text === undefined ? [] : attachmentIds,
    ...(service === undefined ? {} : { service }),
    ...(particulars === undefined ? {} : { particulars }),
    ...(next.needs.includes('DRAFT') && about !== undefined ? { about } : {}),
    ...(next.needs.includes('ACT_END') ? { actEnd: actEndOf(fields) } : {}),
    chain: chainOf(next.needs, fields),
  };
};

const attachmentLabel = ({ needs }: NextStep<string>, rules: readonly ServiceRule[], mode: ServiceTyped['mode']): string => {
  if (needs.includes('SERVICE')) return proofLabel(rules, mode);
  if (needs.includes('EVIDENCE')) return '附件（至少一份证据，“其他材料”不是证据）';
  if (needs.includes('PAPER')) return '附件（必须提交：书面材料的扫描件）';
  return needs.includes('ATTACHMENT') ? '附件（必须提交）' : '附件';
};

export const StepForm = <S extends string>({ steps, subjects, attachments, serviceRules, people, more, take }: Asked<S>) => {
  const [form] = Form.useForm<Fields<S>>();
  const { busy, problem, run } = useAct(form);
  const chosen = Form.useWatch<S | undefined>('step', form);
  const mode = Form.useWatch<ServiceTyped['mode']>('mode', form);
  if (steps.length === 0)
    return <Alert type="info" showIcon title="您现在没有可办的步骤。" description="“还不能办的步骤”、关口和台账说明本案在等什么。" />;
  const next = steps.find(({ step }) => step === chosen);
  const submit = async (fields: Fields<S>): Promise<void> => {
    if (next !== undefined && (await run((key) => take(takenOf(next, fields, serviceRules), key, fields)))) form.resetFields();
  };
  return (
    <Form<Fields<S>> form={form} layout="vertical" onFinish={(fields) => void submit(fields)}>
      <ProblemAlert problem={problem} />
      <Form.Item name="step" label="步骤" rules={[{ required: true, message: '请选择步骤' }]}>
        <Radio.Group aria-label="步骤" className="steps" options={steps.map(({ step, title }) => ({ value: step, label: title }))} />
      </Form.Item>
      {chosen !== undefined && next === undefined && (
        <Alert type="warning" showIcon style={{ marginBottom: 12 }} title="案件已有变化，这一步现在不能办。您填写的内容仍保留。" />
      )}
      {next?.text !== undefined && (
        <Form.Item name="text" label={next.text}>
          <Input.TextArea rows={4} maxLength={5000} showCount />
        </Form.Item>
      )}
      {next !== undefined && <ParticularFields needs={next.needs} people={people} />}
      {next !== undefined && <ChainFields needs={next.needs} />}
      {next?.needs.includes('SERVICE') === true && <ServiceFields rules={serviceRules} mode={mode} />}
      {next?.needs.includes('DRAFT') === true && subjects.options.length > 1 && <SubjectField {...subjects} />}
      {next?.needs.includes('ACT_END') === true && <ActEndFields />}
      {next?.text !== undefined && (
        <Form.Item name="attachmentIds" label={attachmentLabel(next, serviceRules, mode)}>
          <AttachmentPicker key={next.step} {...attachments} kinds={next.evidence} />
        </Form.Item>
      )}
      {next !== undefined && more?.(next)}
      {next !== undefined && (
        <Button type="primary" htmlType="submit" loading={busy}>
          {`办理：${next.title}`}
        </Button>
      )}
    </Form>
  );
};
