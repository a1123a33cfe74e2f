// When the act ended that a fine is about (处罚时效): its day, or that it continues, and whether five years apply.
import { Checkbox, Form, Input } from 'antd';

export interface ActEndTyped {
  readonly endedOn?: string;
  readonly continues?: boolean;
  readonly grave?: boolean;
}

/** Without the day where the act continues. */
export const actEndOf = ({ endedOn = '', continues = false, grave = false }: ActEndTyped) => ({
  endedOn: continues ? '' : endedOn,
  ...{ continues, grave },
});

export const ActEndFields = () => {
  const continues = Form.useWatch<boolean | undefined>('continues') === true;
  return (
    <>
      <Form.Item name="continues" valuePropName="checked">
        <Checkbox>违法行为仍在继续</Checkbox>
      </Form.Item>
      {!continues && (
        <Form.Item
          name="endedOn"
          label="违法行为终了之日"
          rules={[{ required: true, message: '请填写违法行为终了之日' }]}
          extra="终了之日起超过二年（涉及生命健康、金融安全的五年）不再给予行政处罚；停止评价、证书作废等处理措施不受此限。"
        >
          <Input type="date" style={{ width: 180 }} />
        </Form.Item>
      )}
      <Form.Item name="grave" valuePropName="checked">
        <Checkbox>涉及公民生命健康安全、金融安全且有危害后果（五年）</Checkbox>
      </Form.Item>
    </>
  );
};
