// What a step states beside its text (步骤要素): one group of fields for each word of the step's needs.
import { Checkbox, Form, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { Choices } from '../forms/choices';
import { OneOf } from '../forms/one-of';
import { LEGAL_POINTS } from '../words/case-words';
import { POINTS, RESULTS, RIGHTS } from './stated';

/** A person of the file, for a decision on a recusal. */
export interface PersonOfFile {
  readonly id: string;
  readonly name: string;
}

const needed = (label: string) => [{ required: true, message: `请填写${label}` }];

const LegalFindings = () => (
  <>
    {POINTS.map((point) => (
      <div key={point} className="row">
        <Form.Item name={['legalFindings', point, 'result']} label={LEGAL_POINTS[point]} rules={needed(LEGAL_POINTS[point])}>
          <OneOf label={LEGAL_POINTS[point]} words={RESULTS} />
        </Form.Item>
        <Form.Item name={['legalFindings', point, 'remark']} label={`${LEGAL_POINTS[point]}的意见`} style={{ flex: 1 }}>
          <Input maxLength={1000} placeholder="不通过的，应写明理由" />
        </Form.Item>
      </div>
    ))}
  </>
);

const Discussion = () => (
  <>
    <Form.Item name="heldOn" label="讨论日期" rules={needed('讨论日期')}>
      <Input type="date" style={{ width: 180 }} />
    </Form.Item>
    <Form.Item name="participants" label="参加人" rules={needed('参加人')} extra="至少3名，姓名之间用顿号分开">
      <Input maxLength={500} />
    </Form.Item>
    <Form.Item name="conclusion" label="讨论结论" rules={needed('讨论结论')}>
      <Input.TextArea rows={2} maxLength={2000} />
    </Form.Item>
  </>
);

const NoInterest = () => (
  <Form.Item
    name="noInterest"
    valuePropName="checked"
    rules={[
      { validator: (_, checked) => (checked === true ? Promise.resolve() : Promise.reject(new Error('有利害关系的，应办理“自行回避”'))) },
    ]}
  >
    <Checkbox>本人与该机构、本案没有利害关系，没有应当回避的情形</Checkbox>
  </Form.Item>
);

const FIELDS: Readonly<Record<string, (people: readonly PersonOfFile[]) => ReactNode>> = {
  CREDENTIAL: () => (
    <Form.Item name="credential" label="执法证号" rules={needed('执法证号')}>
      <Input maxLength={40} style={{ width: 260 }} />
    </Form.Item>
  ),
  NO_INTEREST: () => <NoInterest />,
  WAIVED: () => (
    <Form.Item name="waived" label="放弃的权利（至少选一项）">
      <Choices label="放弃的权利" options={RIGHTS} />
    </Form.Item>
  ),
  PAPER: () => (
    <Form.Item
      name="receivedOn"
      label="收到书面材料的日期"
      rules={needed('收到书面材料的日期')}
      extra="由经办人员代录当事人提交的书面材料，应附扫描件；期限按收到的日期计算。"
    >
      <Input type="date" style={{ width: 180 }} />
    </Form.Item>
  ),
  LEGAL_FINDINGS: () => <LegalFindings />,
  DISCUSSION: () => <Discussion />,
  OFFICER: (people) => (
    <Form.Item name="officerId" label="回避的人员" rules={needed('回避的人员')}>
      <Select options={people.map(({ id, name }) => ({ value: id, label: name }))} style={{ width: 260 }} />
    </Form.Item>
  ),
  OFFICER_NAME: () => (
    <Form.Item name="officerName" label="申请回避的人员" rules={needed('申请回避的人员')}>
      <Input maxLength={100} style={{ width: 260 }} />
    </Form.Item>
  ),
};

export const ParticularFields = ({ needs, people }: { needs: readonly string[]; people: readonly PersonOfFile[] }) => (
  <>
    {needs.map((need) => (
      <div key={need}>{FIELDS[need]?.(people)}</div>
    ))}
  </>
);
