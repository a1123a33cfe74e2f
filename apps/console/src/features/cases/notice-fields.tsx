// What an officer masks and leaves out of a public notice, and the preview of exactly what the public will read. The notice is published only
// as it was previewed.
import { Alert, Button, Checkbox, Form, Input } from 'antd';
import { useState } from 'react';
import { cases } from '../../case-api';
import { useAct } from '../../forms/use-act';
import type { Answers, Body } from '../../http';
import { ProblemAlert } from '../../problem-alert';
import { NOTICE_PARTS } from '../../words/case-words';
import { NoticeText } from '../public/notice-text';

type Choice = Body<'/api/cases/{id}/notice-preview'>;
type Preview = Answers['PreviewNoticeResponse'];

interface Fields {
  readonly mask?: string;
  readonly notNames?: string;
  readonly leftOut?: Choice['leftOut'];
  readonly leftOutReason?: string;
  readonly seen?: string;
}

const linesOf = (text = ''): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** The choice from the values of the form. */
export const noticeOf = (values: object): Choice => {
  const { mask, notNames, leftOut = [], leftOutReason = '', seen = '' } = values as Fields;
  return { mask: linesOf(mask), notNames: linesOf(notNames), leftOut, leftOutReason, seen };
};

/** A check of its own: `required` would mark the button as a field that must be filled. */
const mustBeSeen = (_: unknown, seen: string | undefined): Promise<void> =>
  seen === undefined || seen === '' ? Promise.reject(new Error('请先预览公示，预览无误后才能公示')) : Promise.resolve();

const PARTS = Object.entries(NOTICE_PARTS).map(([value, label]) => ({ value, label }));

const Shown = ({ preview }: { preview: Preview }) => (
  <section aria-label="公示预览" style={{ marginBottom: 12 }}>
    {preview.faults.length > 0 && (
      <Alert
        type="error"
        showIcon
        style={{ marginBottom: 8 }}
        title="还不能公示"
        description={
          <ul className="plain-list">
            {preview.faults.map(({ field, at, words }) => (
              <li key={`${field} ${at}`}>{words}</li>
            ))}
          </ul>
        }
      />
    )}
    {preview.text !== undefined && <NoticeText text={preview.text} entries={preview.entries} />}
  </section>
);

export const NoticeFields = ({ caseId }: { caseId: string }) => {
  const form = Form.useFormInstance<Fields>();
  const [preview, setPreview] = useState<Preview>();
  const { busy, problem, run } = useAct(form);
  // A changed choice has not been seen yet.
  const forget = (): void => {
    setPreview(undefined);
    form.setFieldValue('seen', undefined);
  };
  const look = (): Promise<boolean> =>
    run(async (key) => {
      const read = await cases.previewNotice(caseId, { ...noticeOf(form.getFieldsValue(true) as object), seen: '' }, key);
      setPreview(read);
      form.setFieldValue('seen', read.faults.length === 0 ? read.seen : undefined);
    });
  return (
    <>
      <Form.Item name="mask" label="遮蔽的词语（姓名、证件号码等，每行一个）">
        <Input.TextArea rows={2} onChange={forget} />
      </Form.Item>
      <Form.Item name="notNames" label="不是姓名的词语（每行一个）">
        <Input.TextArea rows={1} onChange={forget} />
      </Form.Item>
      <Form.Item name="leftOut" label="不予公开的部分">
        <Checkbox.Group options={PARTS} onChange={forget} />
      </Form.Item>
      <Form.Item name="leftOutReason" label="不予公开的理由和法律依据">
        <Input.TextArea rows={2} maxLength={500} onChange={forget} />
      </Form.Item>
      <ProblemAlert problem={problem} />
      <Form.Item name="seen" rules={[{ validator: mustBeSeen }]}>
        <Button loading={busy} onClick={() => void look()}>
          预览公示
        </Button>
      </Form.Item>
      {preview !== undefined && <Shown preview={preview} />}
    </>
  );
};
