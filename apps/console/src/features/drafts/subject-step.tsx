// The first step of a draft: whose order it is, in which case, and on what scope.
import { useQuery } from '@tanstack/react-query';
import { Form, Input, Select, Space } from 'antd';
import type { ComponentType } from 'react';
import { InstitutionSelect } from '../../forms/institution-select';
import { loadList } from '../../lists/lists-api';
import { CASE_STATES } from '../../words/case-words';
import { NumberField } from './number-field';
import { listProblem, type NumberList } from './number-list';
import { OccupationLines } from './occupation-lines';
import { PersonField } from './person-field';
import { PlanField } from './plan-field';
import { DAY_RULE, type OrderForm } from './scope-form';

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

const useInstitution = (): string => (Form.useWatch('institution') as string | undefined) ?? '';

interface OfInstitutionAsked {
  readonly name: 'plans' | 'persons';
  readonly label: string;
  readonly field: ComponentType<{ institution: string }>;
}

/** A field whose choices are the institution's. */
const OfInstitution = ({ name, label, field: Field }: OfInstitutionAsked) => {
  const institution = useInstitution();
  return (
    <Form.Item name={name} label={label}>
      <Field institution={institution} />
    </Form.Item>
  );
};

const NumberItem = () => {
  const institution = useInstitution();
  const check = async (_: unknown, list: NumberList | undefined): Promise<void> => {
    const problem = listProblem(list, institution);
    if (problem !== undefined) throw new Error(problem);
  };
  return (
    <Form.Item name="certificates" label="证书编号" rules={[{ validator: check }]} dependencies={['institution']}>
      <NumberField institution={institution} />
    </Form.Item>
  );
};

/** The institution and the case are fixed once an order is drafted. */
export const SubjectStep = ({ isEdit }: { isEdit: boolean }) => (
  <>
    <Form.Item name="institution" label="评价机构" rules={[{ required: true, message: '请选择评价机构' }]}>
      <InstitutionSelect fixed={isEdit} />
    </Form.Item>
    {!isEdit && <CaseField />}
    <Form.Item name="title" label="草稿名称（便于在案卷中区分，可不填）">
      <Input maxLength={60} placeholder="如：取消结果并作废证书" />
    </Form.Item>
    <p className="quiet">以下各项留空表示机构全部；填写则收窄范围，各项同时满足。</p>
    <OfInstitution name="plans" label="考务计划" field={PlanField} />
    <Form.Item name="sessions" label="场次编号">
      <Input.TextArea autoSize={{ minRows: 1, maxRows: 5 }} placeholder="可粘贴多个，用逗号或换行分隔" />
    </Form.Item>
    <OccupationLines />
    <OfInstitution name="persons" label="人员" field={PersonField} />
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
