// Documents and attachments of the case: to read, to keep, to serve. The hash is there so that a printed copy can be compared.
import { Button, Form, Input, Modal, Select, Table, type TableColumnsType, Tooltip } from 'antd';
import { useState } from 'react';
import { type AttachmentJson, type CaseJson, type DocumentJson, cases, files } from '../../case-api';
import { ProblemAlert } from '../../problem-alert';
import { OneOf } from '../../forms/one-of';
import { useAct } from '../../forms/use-act';
import { DOCUMENT_KINDS, SERVICE_MODES } from '../../words/case-words';
import { count, moment, wordOf } from '../../words/field-words';
import { ServeButton } from './serve-button';
import type { Answers, Body } from '../../http';

/** Notice and decision are served by steps of the case, and a 送达回证 is the proof of a service. */
const SERVED_HERE = {
  NOTICE: false,
  DECISION: false,
  RECTIFICATION: true,
  TRANSFER: false,
  RECOVERY: true,
  DEMAND: true,
  SERVICE_RECEIPT: false,
  LIFTING: true,
} as const satisfies Record<Exclude<Answers['DocumentKind'], 'UNSPECIFIED'>, boolean>;

const isServedHere = ({ kind, services }: DocumentJson): boolean => kind !== 'UNSPECIFIED' && SERVED_HERE[kind] && services.length === 0;

const columns = (mayServe: boolean, changed: () => void): TableColumnsType<DocumentJson> => [
  { title: '文书', render: (_, one) => wordOf(DOCUMENT_KINDS, one.kind), width: 110 },
  {
    title: '文号',
    render: (_, one) => (
      <Tooltip title={`SHA-256 ${one.sha256}；签名 ${one.signature?.keyId ?? '无'}`}>
        <span>{one.number}</span>
      </Tooltip>
    ),
  },
  { title: '制作', render: (_, one) => moment(one.issuedAt), width: 160 },
  {
    title: '送达',
    render: (_, one) =>
      one.services.length === 0
        ? '—'
        : one.services
            .map((service) => `${wordOf(SERVICE_MODES, service.mode)} ${service.receiver} ${moment(service.servedAt)}`)
            .join('；'),
  },
  {
    title: '操作',
    width: 200,
    render: (_, one) => (
      <div className="row">
        <a href={files.document(one.documentId)} target="_blank" rel="noreferrer" aria-label={`查看 ${one.number}`}>
          查看
        </a>
        <a href={files.document(one.documentId)} download={`${one.number}.pdf`} aria-label={`下载 ${one.number}`}>
          下载
        </a>
        {mayServe && isServedHere(one) && <ServeButton document={one} served={changed} />}
      </div>
    ),
  },
];

const ATTACHMENT_COLUMNS = (caseId: string): TableColumnsType<AttachmentJson> => [
  {
    title: '名称',
    render: (_, one) => (
      <a href={files.attachment(caseId, one.attachmentId)} download>
        {one.name}
      </a>
    ),
  },
  { title: '大小', align: 'right', width: 120, render: (_, one) => `${count(Math.ceil(one.bytes / 1024))} kB` },
  {
    title: 'SHA-256',
    width: 160,
    render: (_, one) => (
      <Tooltip title={one.sha256}>
        <span className="mono">{one.sha256.slice(0, 12)}…</span>
      </Tooltip>
    ),
  },
  { title: '提交', width: 160, render: (_, one) => moment(one.addedAt) },
];

/** What no step makes by itself. */
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
          initialValues={{ orderId: theCase.orderIds[theCase.orderIds.length - 1], text: '' }}
          onFinish={(asked) => void issue(asked)}
        >
          <Form.Item name="kind" label="文书" rules={[{ required: true, message: '请选择文书' }]}>
            <OneOf label="文书" words={ISSUED_HERE} />
          </Form.Item>
          <Form.Item name="orderId" label="处理决定">
            <Select options={theCase.orderIds.map((value) => ({ value, label: value }))} />
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
  readonly isOfficer: boolean;
  readonly changed: () => void;
}

export const CaseDocuments = ({ theCase, isOfficer, changed }: Asked) => (
  <>
    {isOfficer && (theCase.state === 'EXECUTING' || theCase.state === 'RECHECK') && (
      <div style={{ marginBottom: 8 }}>
        <IssueButton theCase={theCase} changed={changed} />
      </div>
    )}
    <Table<DocumentJson>
      size="small"
      aria-label="文书"
      columns={columns(isOfficer, changed)}
      dataSource={theCase.documents}
      rowKey={(one) => one.documentId}
      pagination={{ pageSize: 10, hideOnSinglePage: true }}
      locale={{ emptyText: '没有文书' }}
    />
    {theCase.attachments.length > 0 && (
      <Table<AttachmentJson>
        size="small"
        aria-label="附件清单"
        columns={ATTACHMENT_COLUMNS(theCase.caseId)}
        dataSource={theCase.attachments}
        rowKey={(one) => one.attachmentId}
        pagination={{ pageSize: 10, hideOnSinglePage: true }}
        style={{ marginTop: 12 }}
      />
    )}
  </>
);
