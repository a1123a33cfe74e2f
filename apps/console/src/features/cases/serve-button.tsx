// Records how a document was served; this creates the document's 送达回证.
import { Button, Form, Modal } from 'antd';
import { useState } from 'react';
import { type DocumentJson, type ServiceRule, cases } from '../../case-api';
import { ProblemAlert } from '../../problem-alert';
import { useAct } from '../../forms/use-act';
import { AttachmentPicker, type AttachmentsOfFile } from '../../procedure/attachment-picker';
import { proofLabel, ServiceFields } from '../../procedure/service-fields';
import { serviceOf, type ServiceTyped } from '../../procedure/stated';

interface Asked {
  readonly document: DocumentJson;
  readonly rules: readonly ServiceRule[];
  readonly attachments: AttachmentsOfFile;
  readonly served: () => void;
}

type Typed = ServiceTyped & { readonly attachmentIds?: string[] };

export const ServeButton = ({ document, rules, attachments, served }: Asked) => {
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<Typed>();
  const mode = Form.useWatch<ServiceTyped['mode']>('mode', form);
  const { busy, problem, run } = useAct(form);
  const serve = async ({ attachmentIds = [], ...typed }: Typed): Promise<void> => {
    const service = serviceOf(typed, rules);
    if (service === undefined || !(await run((key) => cases.serve(document.documentId, { ...service, attachmentIds }, key)))) return;
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
        <Form<Typed> form={form} layout="vertical" onFinish={(typed) => void serve(typed)}>
          <ServiceFields rules={rules} mode={mode} />
          <Form.Item name="attachmentIds" label={proofLabel(rules, mode)}>
            <AttachmentPicker {...attachments} />
          </Form.Item>
        </Form>
      </Modal>
    </>
  );
};
