// Drafting an order in three steps: subject → measures → preview. Another officer signs, on the order's page.
import { useQuery } from '@tanstack/react-query';
import { App, Button, Checkbox, Form, Input, Select, Space, Steps } from 'antd';
import { useRef, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { api } from '../../api';
import { Problem, newKey } from '../../http';
import { fieldFaults } from '../../forms/field-faults';
import { Choices } from '../../forms/choices';
import { InstitutionSelect } from '../../forms/institution-select';
import { PageCard } from '../../page-card';
import { ProblemAlert } from '../../problem-alert';
import { CASE_STATES } from '../../words/case-words';
import { MEASURES, VIOLATIONS } from '../../words/enforcement-words';
import { type Drafted, type MeasureWord, type OrderForm, draftBody, keptDraft, withNeeded } from './scope-form';
import { NumberField } from '../drafts/number-field';
import { listProblem, type NumberList } from '../drafts/number-list';
import { OccupationLines } from './occupation-lines';
import { loadList } from '../../lists/lists-api';

const STEP_FIELDS: readonly (readonly (keyof OrderForm)[])[] = [
  ['institution', 'caseId', 'plans', 'sessions', 'occupations', 'persons', 'certificates', 'from', 'until'],
  ['interim', 'urgency', 'endCondition', 'measures', 'grounds', 'reason', 'rectifyBy'],
];

const DAY_RULE = { pattern: /^\d{4}-\d{2}-\d{2}$/, message: '请填写日期，如 2026-03-01' };

/** The cases of the institution in which an order can be drafted, newest first. */
const CaseField = () => {
  const form = Form.useFormInstance<OrderForm>();
  const institution = Form.useWatch('institution', form);
  const found = useQuery({
    queryKey: ['cases-of', institution],
    queryFn: () => loadList.cases({ institution: institution ?? '', draftable: 'true', limit: '50' }),
    enabled: institution !== undefined && institution !== '',
  });
  const options = (found.data?.items ?? []).map((one) => ({
    value: one.caseId,
    label: `${one.number} ${one.state === 'UNSPECIFIED' ? '' : CASE_STATES[one.state].label}`,
  }));
  return (
    <Form.Item name="caseId" label="案件" rules={[{ required: true, message: '请选择案件' }]}>
      <Select
        loading={found.isFetching}
        options={options}
        placeholder="处理决定属于哪个案件"
        notFoundContent={
          found.error?.message ??
          (institution === undefined || institution === ''
            ? '请先选择评价机构'
            : '该机构没有可以起草处理决定的案件；先登记线索，查证属实后起草')
        }
      />
    </Form.Item>
  );
};

const NumberItem = () => {
  const institution = Form.useWatch('institution') as string | undefined;
  const check = async (_: unknown, list: NumberList | undefined): Promise<void> => {
    const problem = listProblem(list, institution ?? '');
    if (problem !== undefined) throw new Error(problem);
  };
  return (
    <Form.Item name="certificates" label="证书编号" rules={[{ validator: check }]} dependencies={['institution']}>
      <NumberField institution={institution ?? ''} />
    </Form.Item>
  );
};

const SubjectStep = () => (
  <>
    <Form.Item name="institution" label="评价机构" rules={[{ required: true, message: '请选择评价机构' }]}>
      <InstitutionSelect />
    </Form.Item>
    <CaseField />
    <p className="quiet">以下各项留空表示机构全部；填写则收窄范围，各项同时满足。</p>
    <Form.Item name="plans" label="计划编号">
      <Input.TextArea autoSize={{ minRows: 1, maxRows: 5 }} placeholder="可粘贴多个，用逗号或换行分隔" />
    </Form.Item>
    <Form.Item name="sessions" label="场次编号">
      <Input.TextArea autoSize={{ minRows: 1, maxRows: 5 }} placeholder="可粘贴多个，用逗号或换行分隔" />
    </Form.Item>
    <OccupationLines />
    <Form.Item name="persons" label="人员标识">
      <Input.TextArea autoSize={{ minRows: 1, maxRows: 5 }} placeholder="可粘贴多个，用逗号或换行分隔；在机构页“评价结果”“证书”中可复制" />
    </Form.Item>
    <NumberItem />
    <Space>
      <Form.Item name="from" label="考试日期自" rules={[DAY_RULE]}>
        <Input placeholder="2026-01-01" />
      </Form.Item>
      <Form.Item name="until" label="至" rules={[DAY_RULE]}>
        <Input placeholder="2026-12-31" />
      </Form.Item>
    </Space>
  </>
);

const InterimFields = () => (
  <>
    <Form.Item name="urgency" label="不能等待处理决定的理由" rules={[{ required: true, whitespace: true, message: '请写明紧急理由' }]}>
      <Input.TextArea rows={2} maxLength={2000} />
    </Form.Item>
    <Form.Item name="endCondition" label="终止条件" rules={[{ required: true, whitespace: true, message: '请写明何时终止' }]}>
      <Input.TextArea rows={2} maxLength={2000} />
    </Form.Item>
  </>
);

const MeasureStep = () => {
  const form = Form.useFormInstance<OrderForm>();
  const chosen = Form.useWatch('measures', form) ?? [];
  const isInterim = Form.useWatch('interim', form) === true;
  return (
    <>
      <Form.Item name="interim" valuePropName="checked">
        <Checkbox>先行停止：案件查证属实后、作出决定前，仅立即停止评价</Checkbox>
      </Form.Item>
      {isInterim && <InterimFields />}
      <Form.Item name="measures" label="措施" normalize={withNeeded} rules={[{ required: true, message: '请至少选择一项措施' }]}>
        <Choices
          label="措施"
          options={(Object.keys(MEASURES) as MeasureWord[]).map((measure) => ({
            value: measure,
            label: `${MEASURES[measure].code} ${MEASURES[measure].label}`,
          }))}
        />
      </Form.Item>
      {chosen.includes('RECTIFY') && (
        <Form.Item name="rectifyBy" label="整改期限" rules={[{ required: true, message: '责令限期整改须写明期限' }, DAY_RULE]}>
          <Input placeholder="2027-01-31" style={{ width: 200 }} />
        </Form.Item>
      )}
      <Form.Item name="grounds" label="违规情形" rules={[{ required: true, message: '请至少选择一种违规情形' }]}>
        <Choices label="违规情形" options={Object.entries(VIOLATIONS).map(([value, label]) => ({ value, label }))} />
      </Form.Item>
      <Form.Item name="reason" label="事实与理由" rules={[{ required: true, whitespace: true, message: '请填写事实与理由' }]}>
        <Input.TextArea rows={4} maxLength={2000} showCount />
      </Form.Item>
    </>
  );
};

interface Steering {
  readonly step: number;
  readonly busy: boolean;
  go(step: number): void;
  next(): Promise<void>;
  submit(): Promise<void>;
}

const Buttons = ({ step, busy, go, next, submit }: Steering) => (
  <Space>
    {step > 0 && <Button onClick={() => go(step - 1)}>上一步</Button>}
    {step === 0 && (
      <Button type="primary" onClick={() => void next().catch(() => undefined)}>
        下一步
      </Button>
    )}
    {step === 1 && (
      <Button type="primary" loading={busy} onClick={() => void submit().catch(() => undefined)}>
        起草并预览
      </Button>
    )}
  </Space>
);

export const OrderWizard = () => {
  const [parameters] = useSearchParams();
  const [form] = Form.useForm<OrderForm>();
  const [step, setStep] = useState(0);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Error>();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const key = useRef(newKey());
  /** The stored draft, when only its preview failed. */
  const drafted = useRef<Drafted>(undefined);

  const next = async (): Promise<void> => {
    await form.validateFields(STEP_FIELDS[step] as (keyof OrderForm)[], { recursive: true });
    setStep(step + 1);
  };
  const submit = async (): Promise<void> => {
    await form.validateFields();
    setBusy(true);
    setProblem(undefined);
    try {
      const body = draftBody(form.getFieldsValue(true) as OrderForm);
      const orderId = keptDraft(drafted.current, body) ?? (await api.draft(body, key.current)).orderId;
      drafted.current = { orderId, body };
      await api.preview(orderId);
      void message.success('已起草并预览');
      await navigate(`/orders/${orderId}`);
    } catch (error) {
      // Changed content under the same key would be refused as a reused request.
      if (error instanceof Problem) key.current = newKey();
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
    <PageCard title="起草处理决定">
      <Steps
        current={step}
        items={[{ title: '对象与范围' }, { title: '措施与依据' }, { title: '预览与签发' }]}
        style={{ maxWidth: 760, marginBottom: 20 }}
      />
      <ProblemAlert problem={problem} />
      <Form
        form={form}
        layout="vertical"
        style={{ maxWidth: 760 }}
        initialValues={{
          institution: parameters.get('institution') ?? undefined,
          caseId: parameters.get('case') ?? undefined,
          measures: [],
          grounds: [],
        }}
      >
        <div hidden={step !== 0}>
          <SubjectStep />
        </div>
        <div hidden={step !== 1}>
          <MeasureStep />
        </div>
        <Buttons step={step} busy={busy} go={setStep} next={next} submit={submit} />
      </Form>
    </PageCard>
  );
};
