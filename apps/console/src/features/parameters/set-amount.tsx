// Proposing the amount of a limit from a day on: for the province or one authority, with the ordering document and the reason.
import { Button, DatePicker, Form, Input, InputNumber, Modal, Select, Space } from 'antd';
import { AUTHORITIES, authorityShortName, PROVINCE } from '@hengji/province';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { api } from '../../api';
import { useAct } from '../../forms/use-act';
import { ProblemAlert } from '../../problem-alert';
import { amountText, BOUND_NAMES, currentOf, UNIT_NAMES, type Parameter } from '../../words/amount-words';

interface Typed {
  readonly jurisdiction: string;
  readonly validFrom: Dayjs;
  readonly amount: number;
  readonly unit: keyof typeof UNIT_NAMES;
  readonly extension: number;
  readonly source: string;
  readonly reason: string;
}

const PLACES = AUTHORITIES.map((value) => ({ value, label: value === PROVINCE ? '全省' : authorityShortName(value) }));
const UNITS = Object.entries(UNIT_NAMES).map(([value, label]) => ({ value, label }));
const NEEDED = [{ required: true, message: '必填' }];

const Fields = () => (
  <>
    <Space size="middle" align="start" wrap>
      <Form.Item name="jurisdiction" label="适用范围" rules={NEEDED}>
        <Select options={PLACES} style={{ width: 140 }} showSearch={{ optionFilterProp: 'label' }} />
      </Form.Item>
      <Form.Item name="validFrom" label="自何日起（含当日开始的期限）" rules={NEEDED}>
        <DatePicker />
      </Form.Item>
    </Space>
    <Space size="middle" align="start" wrap>
      <Form.Item name="amount" label="数值" rules={NEEDED}>
        <InputNumber min={1} precision={0} />
      </Form.Item>
      <Form.Item name="unit" label="单位" rules={NEEDED}>
        <Select options={UNITS} style={{ width: 110 }} />
      </Form.Item>
      <Form.Item name="extension" label="可延长（0为不得延长）" rules={NEEDED}>
        <InputNumber min={0} precision={0} />
      </Form.Item>
    </Space>
    <Form.Item name="source" label="依据的文件和文号" rules={NEEDED}>
      <Input maxLength={200} />
    </Form.Item>
    <Form.Item name="reason" label="理由" rules={NEEDED}>
      <Input.TextArea maxLength={500} rows={2} />
    </Form.Item>
  </>
);

export const SetAmount = ({ parameter, done }: { parameter: Parameter; done: () => void }) => {
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<Typed>();
  const act = useAct(form);
  const { code, title, law, bound, basis } = parameter;
  const now = currentOf(parameter);
  const propose = async ({ validFrom, ...typed }: Typed): Promise<void> => {
    const body = { ...typed, code, validFrom: validFrom.format('YYYY-MM-DD') };
    if (!(await act.run((key) => api.proposeParameter(body, key)))) return;
    setOpen(false);
    form.resetFields();
    done();
  };
  return (
    <>
      <Button size="small" aria-label={`设定${title}`} onClick={() => setOpen(true)}>
        设定
      </Button>
      <Modal
        open={open}
        title={`设定“${title}”`}
        okText="提议"
        cancelText="取消"
        confirmLoading={act.busy}
        onOk={form.submit}
        onCancel={() => setOpen(false)}
      >
        <p>
          法定{amountText(law)}，{basis}；{bound === 'UNSPECIFIED' ? '' : BOUND_NAMES[bound]}。由第二人确认后生效。
        </p>
        <Form
          form={form}
          layout="vertical"
          onFinish={(typed) => void propose(typed)}
          initialValues={{ jurisdiction: PROVINCE, amount: now?.amount, unit: now?.unit, extension: now?.extension ?? 0 }}
        >
          <Fields />
        </Form>
        <ProblemAlert problem={act.problem} />
      </Modal>
    </>
  );
};
