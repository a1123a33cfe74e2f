// Choosing what goes with a step: files that the case has already, or new ones, which are stored at once and then chosen. The
// form gives value and onChange.
import { Button, Select, Upload } from 'antd';
import { type CaseJson, cases } from '../../case-api';
import { ProblemAlert } from '../../problem-alert';
import { useAct } from '../../forms/use-act';

interface Asked {
  readonly theCase: CaseJson;
  readonly changed: () => void;
  readonly id?: string;
  readonly value?: string[];
  readonly onChange?: (ids: string[]) => void;
}

export const AttachmentPicker = ({ theCase, changed, id, value = [], onChange }: Asked) => {
  const { busy, problem, run } = useAct();
  const add = (file: File): Promise<boolean> =>
    run(async (key) => {
      const { attachmentId } = await cases.attach(theCase.caseId, file, key);
      onChange?.([...value, attachmentId]);
      changed();
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
          options={theCase.attachments.map((one) => ({ value: one.attachmentId, label: one.name }))}
          placeholder="从本案附件中选择，或上传"
          style={{ flex: 1, minWidth: 240 }}
        />
        <Upload
          showUploadList={false}
          beforeUpload={(file) => {
            void add(file);
            return false;
          }}
        >
          <Button loading={busy}>上传附件（不超过5 MB）</Button>
        </Upload>
      </div>
    </>
  );
};
