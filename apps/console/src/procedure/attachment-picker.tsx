// Choosing the attachments of a step: files that the procedure's file already has, or new files, which are stored at once and then chosen.
// The form sets value and onChange.
import { EVIDENCE_FILE_WORDS } from '@hengji/contracts/lists';
import { Button, Select, Typography, Upload } from 'antd';
import { useState } from 'react';
import { useAct } from '../forms/use-act';
import type { Answers } from '../http';
import { ProblemAlert } from '../problem-alert';
import { EVIDENCE_KINDS } from '../words/case-words';

export type EvidenceKind = keyof typeof EVIDENCE_KINDS;

type Named = Pick<Answers['Attachment'], 'attachmentId' | 'name'>;

/** The attachments of the file and those sent from here, each once. */
const named = (there: readonly Named[], sent: readonly Named[]): Named[] => [
  ...there,
  ...sent.filter((one) => !there.some(({ attachmentId }) => attachmentId === one.attachmentId)),
];

/** The attachments of a file, and the function that adds one. */
export interface AttachmentsOfFile {
  readonly there: readonly Named[];
  /** The kind of evidence decides which types of file are allowed; the server checks the bytes. */
  readonly add: (file: File, kind: EvidenceKind, key: string) => Promise<{ readonly attachmentId: string }>;
  /** Called after an attachment was added. */
  readonly added: () => void;
  /** Kinds of evidence of which one is needed; an inspection record (现场笔录) is chosen beforehand. */
  readonly kinds?: readonly EvidenceKind[];
}

const KIND_OPTIONS = Object.entries(EVIDENCE_KINDS).map(([value, label]) => ({ value: value as EvidenceKind, label }));

interface Field {
  readonly id?: string;
  readonly value?: string[];
  readonly onChange?: (ids: string[]) => void;
}

export const AttachmentPicker = ({ there, add, added, kinds = [], id, value = [], onChange }: AttachmentsOfFile & Field) => {
  const { busy, problem, run } = useAct();
  const [kind, setKind] = useState<EvidenceKind>(kinds.includes('INSPECTION_RECORD') ? 'INSPECTION_RECORD' : (kinds[0] ?? 'OTHER'));
  // A file that no step names yet is not in the institution's view of its case; it keeps its name here.
  const [sent, setSent] = useState<readonly Named[]>([]);
  const send = (file: File): Promise<boolean> =>
    run(async (key) => {
      const { attachmentId } = await add(file, kind, key);
      setSent((before) => [...before, { attachmentId, name: file.name }]);
      onChange?.([...value, attachmentId]);
      added();
    });
  return (
    <>
      <ProblemAlert problem={problem} />
      <div className="row">
        <Select
          {...(id === undefined ? {} : { id })}
          aria-label="附件"
          mode="multiple"
          value={value}
          onChange={(ids: string[]) => onChange?.(ids)}
          options={named(there, sent).map((one) => ({ value: one.attachmentId, label: one.name }))}
          placeholder="从本案附件中选择，或上传"
          style={{ flex: 1, minWidth: 240 }}
        />
        <Select<EvidenceKind>
          aria-label="上传附件的证据种类"
          value={kind}
          onChange={setKind}
          options={KIND_OPTIONS}
          style={{ width: 160 }}
        />
        <Upload
          showUploadList={false}
          beforeUpload={(file) => {
            void send(file);
            return false;
          }}
        >
          <Button loading={busy}>上传附件（不超过200 MB）</Button>
        </Upload>
      </div>
      <Typography.Text type="secondary">
        {EVIDENCE_KINDS[kind]}可以上传：{EVIDENCE_FILE_WORDS[kind]}。按文件内容识别，网页、程序和带宏、带密码的文件不接受。
      </Typography.Text>
    </>
  );
};
