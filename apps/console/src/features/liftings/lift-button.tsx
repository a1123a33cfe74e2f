// Lifting an order, whole or in part: the deciding document, the measures and the scope. A part may be many records as well as one person,
// one session, one certificate or one measure.
import { Button, Form, Input, Modal, Radio, Select } from 'antd';
import { useState } from 'react';
import { api } from '../../api';
import { ProblemAlert } from '../../problem-alert';
import { OneOf } from '../../forms/one-of';
import { useAct } from '../../forms/use-act';
import { LIFT_GROUNDS_BY_HAND } from '../../words/case-words';
import { MEASURES } from '../../words/enforcement-words';
import { type LiftForm, liftBody, partProblem } from './lift-form';
import { type Asked, obstacleTo } from '../orders/asked';

const MANY = '可粘贴多个，用逗号或换行分隔';

/** Checked at the measures field, and again whenever one of the lists changes. */
const partRule =
  (order: Pick<Asked['order'], 'measures'>) =>
  ({ getFieldsValue }: { getFieldsValue: (all: true) => LiftForm }) => ({
    validator: async () => {
      const problem = partProblem(getFieldsValue(true), order);
      if (problem !== undefined) throw new Error(problem);
    },
  });

const PartFields = ({ measures }: { measures: Asked['order']['measures'] }) => (
  <>
    <p className="quiet">至少填写一项。留空的各项表示全部，填写的各项同时满足。</p>
    <Form.Item name="measures" label="解除的措施" dependencies={['persons', 'sessions', 'certificates']} rules={[partRule({ measures })]}>
      <Select
        mode="multiple"
        options={measures.flatMap((value) =>
          value === 'UNSPECIFIED' ? [] : [{ value, label: `${MEASURES[value].code} ${MEASURES[value].label}` }],
        )}
        placeholder="全部措施"
      />
    </Form.Item>
    <Form.Item name="persons" label="人员标识">
      <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} placeholder={MANY} />
    </Form.Item>
    <Form.Item name="sessions" label="场次编号">
      <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} placeholder={MANY} />
    </Form.Item>
    <Form.Item name="certificates" label="证书编号">
      <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} placeholder={MANY} />
    </Form.Item>
  </>
);

export const LiftButton = ({ order, busy, write }: Asked) => {
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<LiftForm>();
  const act = useAct(form);
  const whole = Form.useWatch('whole', form) ?? true;
  const maySplit = order.allowedActions.includes('liftPart');
  const obstacle = obstacleTo(order, 'lift');
  const lift = async (fields: LiftForm): Promise<void> => {
    if (await act.run((key) => write(() => api.lift(order.orderId, liftBody(fields, order), key)))) setOpen(false);
  };
  return (
    <>
      <Button danger loading={busy} disabled={obstacle !== undefined} title={obstacle} onClick={() => setOpen(true)}>
        解除
      </Button>
      <Modal
        open={open}
        title="解除处理决定"
        okText="确认解除"
        cancelText="返回"
        okButtonProps={{ danger: true, loading: act.busy }}
        onCancel={() => setOpen(false)}
        onOk={() => form.submit()}
      >
        <ProblemAlert problem={act.problem} />
        <p>解除只撤销本决定的效果，恢复到执行前的状态；其他处理决定仍然有效，期间被他人改动的记录不覆盖，列出来另作决定。</p>
        <Form<LiftForm>
          form={form}
          layout="vertical"
          initialValues={{ whole: true, measures: [] }}
          onFinish={(fields) => void lift(fields)}
        >
          {maySplit && (
            <Form.Item name="whole" label="范围">
              <Radio.Group
                aria-label="范围"
                options={[
                  { value: true, label: '全部解除' },
                  { value: false, label: '部分解除' },
                ]}
              />
            </Form.Item>
          )}
          <Form.Item name="ground" label="依据" rules={[{ required: true, message: '请选择依据' }]}>
            <OneOf label="依据" words={LIFT_GROUNDS_BY_HAND} />
          </Form.Item>
          <Form.Item name="reason" label="解除理由" rules={[{ required: true, whitespace: true, message: '请填写解除理由' }]}>
            <Input.TextArea rows={3} maxLength={2000} placeholder="如复议决定、判决或自行纠正的文号和内容" />
          </Form.Item>
          {!whole && <PartFields measures={order.measures} />}
        </Form>
      </Modal>
    </>
  );
};
