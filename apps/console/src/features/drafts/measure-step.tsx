// The second step of a draft: the measures, their grounds and the reason.
import { Checkbox, Form, Input } from 'antd';
import { Choices } from '../../forms/choices';
import { MEASURES, VIOLATIONS } from '../../words/enforcement-words';
import { SupersedesField } from './supersedes-field';
import { DAY_RULE, type MeasureWord, type OrderForm, withNeeded } from './scope-form';

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

export const MeasureStep = () => {
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
      <SupersedesField />
      <Form.Item name="reason" label="事实与理由" rules={[{ required: true, whitespace: true, message: '请填写事实与理由' }]}>
        <Input.TextArea rows={4} maxLength={2000} showCount />
      </Form.Item>
    </>
  );
};
