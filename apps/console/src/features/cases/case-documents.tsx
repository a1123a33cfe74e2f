// Documents and attachments of the case, with the buttons that issue and serve documents.
import { Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { type CaseJson, cases, files } from '../../case-api';
import { ProblemAlert } from '../../problem-alert';
import { OneOf } from '../../forms/one-of';
import { useAct } from '../../forms/use-act';
import { AttachmentTable, DocumentTable } from '../../procedure/papers';
import { DOCUMENT_KINDS } from '../../words/case-words';
import { attachmentsOf } from './case-steps';
import { ServeButton } from './serve-button';
import type { Body } from '../../http';
import { keptChoices } from './order-choices';

/** Documents that no step issues by itself. */
const ISSUED_HERE = { RECOVERY: DOCUMENT_KINDS.RECOVERY, DEMAND: DOCUMENT_KINDS.DEMAND };

type Issue = Body<'/api/cases/{id}/documents'>;

const IssueButton = ({ theCase, changed }: { theCase: CaseJson; changed: () => void }) => {
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<Issue>();
  const { busy, problem, run } = useAct(form);
  const issue = async (asked: Issue): Promise<void> => {
    if (!(await run((key) => cases.issue(theCase.caseId, asked, key)))) return;
    setOpen(false);
    form.resetFields();
    changed();
  };
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        制作文书
      </Button>
      <Modal
        open={open}
        title="制作文书"
        okText="制作"
        cancelText="返回"
        confirmLoading={busy}
        onCancel={() => setOpen(false)}
        onOk={() => form.submit()}
      >
        <ProblemAlert problem={problem} />
        <Form<Issue>
          form={form}
          layout="vertical"
          initialValues={{ orderId: keptChoices(theCase).at(-1)?.value, text: '' }}
          onFinish={(asked) => void issue(asked)}
        >
          <Form.Item name="kind" label="文书" rules={[{ required: true, message: '请选择文书' }]}>
            <OneOf label="文书" words={ISSUED_HERE} />
          </Form.Item>
          <Form.Item name="orderId" label="处理决定">
            <Select options={keptChoices(theCase)} />
          </Form.Item>
          <Form.Item name="text" label="内容">
            <Input.TextArea rows={4} maxLength={5000} />
          </Form.Item>
        </Form>
      </Modal>
    </>
  );
};

interface Asked {
  readonly theCase: CaseJson;
  readonly changed: () => void;
}

export const CaseDocuments = ({ theCase, changed }: Asked) => (
  <>
    {theCase.allowedActions.includes('issueDocument') && (
      <div style={{ marginBottom: 8 }}>
        <IssueButton theCase={theCase} changed={changed} />
      </div>
    )}
    <DocumentTable
      documents={theCase.documents}
      beside={(one) =>
        one.allowedActions.includes('serve') && (
          <ServeButton document={one} rules={theCase.serviceRules} attachments={attachmentsOf(theCase, changed)} served={changed} />
        )
      }
    />
    <AttachmentTable attachments={theCase.attachments} addressOf={(id) => files.attachment(theCase.caseId, id)} />
  </>
);
