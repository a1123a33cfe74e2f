// Registering a lead (登记线索): the institution, the source and the content.
import { Button, Form, Input } from 'antd';
import { useNavigate, useSearchParams } from 'react-router';
import { type LeadBody, cases } from '../../case-api';
import { Choices } from '../../forms/choices';
import { OneOf } from '../../forms/one-of';
import { InstitutionSelect } from '../../forms/institution-select';
import { PageCard } from '../../page-card';
import { ProblemAlert } from '../../problem-alert';
import { useAct } from '../../forms/use-act';
import { LEAD_SOURCES } from '../../words/case-words';
import { VIOLATIONS } from '../../words/enforcement-words';

const options = (words: Readonly<Record<string, string>>) => Object.entries(words).map(([value, label]) => ({ value, label }));

export const LeadForm = () => {
  const [parameters] = useSearchParams();
  const navigate = useNavigate();
  const [form] = Form.useForm<LeadBody>();
  const { busy, problem, run } = useAct(form);
  const open = (lead: LeadBody): Promise<boolean> =>
    run(async (key) => {
      const opened = await cases.open({ ...lead, summary: (lead.summary ?? '').trim() }, key);
      await navigate(`/cases/${opened.caseId}`);
    });
  return (
    <PageCard title="登记线索">
      <ProblemAlert problem={problem} />
      <Form<LeadBody>
        form={form}
        layout="vertical"
        style={{ maxWidth: 760 }}
        initialValues={{ institution: parameters.get('institution') ?? undefined, grounds: [] }}
        onFinish={(lead) => void open(lead)}
      >
        <Form.Item name="institution" label="评价机构" rules={[{ required: true, message: '请选择评价机构' }]}>
          <InstitutionSelect />
        </Form.Item>
        <Form.Item name="source" label="线索来源" rules={[{ required: true, message: '请选择线索来源' }]}>
          <OneOf label="线索来源" words={LEAD_SOURCES} />
        </Form.Item>
        <Form.Item name="grounds" label="涉嫌违规情形" rules={[{ required: true, message: '请至少选择一种违规情形' }]}>
          <Choices label="涉嫌违规情形" options={options(VIOLATIONS)} />
        </Form.Item>
        <Form.Item name="summary" label="线索内容" rules={[{ required: true, whitespace: true, message: '请填写线索内容' }]}>
          <Input.TextArea rows={5} maxLength={4000} showCount />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={busy}>
          登记
        </Button>
      </Form>
    </PageCard>
  );
};
