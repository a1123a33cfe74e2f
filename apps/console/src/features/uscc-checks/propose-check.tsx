// Proposing a code whose check character does not fit: the code as the licence has it, the institution's code, what was compared, and the scan.
import { Button, Form, Input, Space, Upload } from 'antd';
import { useState } from 'react';
import { api } from '../../api';
import { useAct } from '../../forms/use-act';
import { ProblemAlert } from '../../problem-alert';

interface Typed {
  readonly uscc: string;
  readonly institution: string;
  readonly reason: string;
}

const needed = (what: string) => [{ required: true, whitespace: true, message: `请填写${what}` }];

export const ProposeCheck = ({ done }: { done: () => void }) => {
  const [form] = Form.useForm<Typed>();
  const [licence, setLicence] = useState<File>();
  const act = useAct(form);
  const propose = async (typed: Typed): Promise<void> => {
    if (licence === undefined || !(await act.run((key) => api.proposeUsccCheck(typed, licence, key)))) return;
    form.resetFields();
    setLicence(undefined);
    done();
  };
  return (
    <Form form={form} layout="vertical" onFinish={(typed) => void propose(typed)}>
      <p>执照上印的统一社会信用代码校验位不符的，附执照扫描件在此提请，由本部门另一人核对执照后决定。其他错误的代码不能核对。</p>
      <Space size="middle" align="start" wrap>
        <Form.Item name="uscc" label="执照上的统一社会信用代码" rules={needed('统一社会信用代码')}>
          <Input maxLength={40} style={{ width: 240 }} className="mono" />
        </Form.Item>
        <Form.Item name="institution" label="机构代码（备案用）" rules={needed('机构代码')}>
          <Input maxLength={40} style={{ width: 200 }} className="mono" />
        </Form.Item>
        <Form.Item label="执照或登记证书的扫描件（PDF、JPEG、PNG，不超过5 MB）" required>
          <Space>
            <Upload
              accept=".pdf,.jpg,.jpeg,.png"
              showUploadList={false}
              beforeUpload={(file) => {
                setLicence(file);
                return false;
              }}
            >
              <Button>选择文件</Button>
            </Upload>
            <span>{licence?.name ?? '未选择'}</span>
          </Space>
        </Form.Item>
      </Space>
      <Form.Item name="reason" label="核对情况（与什么核对过，登记机关的说明）" rules={needed('核对情况')}>
        <Input.TextArea rows={2} maxLength={200} showCount style={{ maxWidth: 760 }} />
      </Form.Item>
      <ProblemAlert problem={act.problem} />
      <Button type="primary" htmlType="submit" loading={act.busy} disabled={licence === undefined}>
        提请核对
      </Button>
    </Form>
  );
};
