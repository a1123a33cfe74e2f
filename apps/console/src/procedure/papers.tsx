// Documents and attachments of a file, to read and to download. The hash is shown so that a printed copy can be compared.
import { Table, type TableColumnsType, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { type AttachmentJson, type DocumentJson, files } from '../case-api';
import { DOCUMENT_KINDS, SERVICE_MODES } from '../words/case-words';
import { count, moment, wordOf } from '../words/field-words';

type Beside = (document: DocumentJson) => ReactNode;

const documentColumns = (beside: Beside): TableColumnsType<DocumentJson> => [
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
    width: 150,
    render: (_, one) => (
      <div className="row">
        <a href={files.document(one.documentId)} target="_blank" rel="noreferrer" aria-label={`查看 ${one.number}`}>
          查看
        </a>
        <a href={files.document(one.documentId)} download={`${one.number}.pdf`} aria-label={`下载 ${one.number}`}>
          下载
        </a>
        {beside(one)}
      </div>
    ),
  },
];

/** `beside`: other actions on a document. */
export const DocumentTable = ({ documents, beside }: { documents: readonly DocumentJson[]; beside: Beside }) => (
  <Table<DocumentJson>
    size="small"
    aria-label="文书"
    columns={documentColumns(beside)}
    dataSource={documents}
    rowKey={(one) => one.documentId}
    pagination={{ pageSize: 10, hideOnSinglePage: true }}
    locale={{ emptyText: '没有文书' }}
  />
);

const attachmentColumns = (addressOf: (id: string) => string): TableColumnsType<AttachmentJson> => [
  {
    title: '名称',
    render: (_, one) => (
      <a href={addressOf(one.attachmentId)} download>
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

/** `addressOf`: the address of the file with an id. */
export const AttachmentTable = ({
  attachments,
  addressOf,
}: {
  attachments: readonly AttachmentJson[];
  addressOf: (id: string) => string;
}) =>
  attachments.length === 0 ? null : (
    <Table<AttachmentJson>
      size="small"
      aria-label="附件清单"
      columns={attachmentColumns(addressOf)}
      dataSource={attachments}
      rowKey={(one) => one.attachmentId}
      pagination={{ pageSize: 10, hideOnSinglePage: true }}
      style={{ marginTop: 12 }}
    />
  );
