// Records how a document was served; this creates the document's 送达回证.
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { type DocumentJson, cases } from '../../case-api';
import { ProblemAlert } from '../../problem-alert';
import type { Body } from '../../http';
import { OneOf } from '../../forms/one-of';
import { useAct } from '../../forms/use-act';
import { SERVICE_MODES } from '../../words/case-words';

type Service = Body<'/api/documents/{id}/serve'>;

export const ServeButton = ({ document, served }: { document: DocumentJson; served: () => void }) => {
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<Service>();
  const { busy, problem, run } = useAct(form);
  const serve = async (service: Service): Promise<void> => {
    if (!(await run((key) => cases.serve(document.documentId, { ...service, receiver: service.receiver.trim() }, key)))) return;
    setOpen(false);
    served();
  };
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        登记送达
      </Button>
      <Modal
        open={open}
        title={`登记送达：${document.number}`}
        okText="登记"
        cancelText="返回"
        confirmLoading={busy}
        onCancel={() => setOpen(false)}
        onOk={() => form.submit()}
      >
        <ProblemAlert problem={problem} />
        <Form<Service> form={form} layout="vertical" onFinish={(service) => void serve(service)}>
          <Form.Item name="mode" label="送达方式" rules={[{ required: true, message: '请选择送达方式' }]}>
            <OneOf label="送达方式" words={SERVICE_MODES} />
          </Form.Item>
          <Form.Item name="receiver" label="受送达人" rules={[{ required: true, whitespace: true, message: '请填写受送达人' }]}>
            <Input maxLength={200} />
          </Form.Item>
        </Form>
      </Modal>
    </>
  );
};
