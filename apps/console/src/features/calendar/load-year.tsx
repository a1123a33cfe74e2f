// Loading a year: the officer pastes the notice or reads its text file. Before anything is sent, the page shows the recognised days with
// their counts.
import { Alert, Button, Descriptions, Form, Input, InputNumber, Space, Upload } from 'antd';
import { checkCalendarYear, countsOf, NATIONAL, readCalendarYear, writeCalendarYear, type YearClaim } from '@hengji/province';
import { api } from '../../api';
import { useAct } from '../../forms/use-act';
import { ProblemAlert } from '../../problem-alert';

interface Typed {
  readonly year: number | null;
  readonly source: string;
  readonly text: string;
}

const claimOf = ({ year, source, text }: Typed): YearClaim => ({
  jurisdiction: NATIONAL,
  year: year ?? 0,
  source,
  ...readCalendarYear(text, year ?? 0),
});

/** The first fault of the year in words; undefined when the year has no fault. */
const faultOf = (claim: YearClaim): string | undefined => {
  try {
    checkCalendarYear(claim);
    return undefined;
  } catch (fault) {
    return fault instanceof Error ? fault.message : String(fault);
  }
};

const Preview = ({ claim }: { claim: YearClaim }) => {
  const counts = countsOf(claim);
  return (
    <Descriptions size="small" bordered column={3} title={`${claim.year}年安排预览`} style={{ marginBottom: 12 }}>
      <Descriptions.Item label="放假">{counts.daysOff} 天</Descriptions.Item>
      <Descriptions.Item label="调休上班">{counts.daysMadeUp} 天</Descriptions.Item>
      <Descriptions.Item label="全年工作日">{counts.workingDays} 天</Descriptions.Item>
      <Descriptions.Item label="日期" span={3}>
        <pre className="mono">{writeCalendarYear(claim)}</pre>
      </Descriptions.Item>
    </Descriptions>
  );
};

export const LoadYear = ({ done }: { done: () => void }) => {
  const [form] = Form.useForm<Typed>();
  const typed = Form.useWatch([], form) as Typed | undefined;
  const act = useAct(form);
  const claim = typed === undefined || !typed.text ? undefined : claimOf({ ...typed, source: typed.source ?? '' });
  const understood = claim !== undefined && claim.off.length > 0;
  const fault = claim && faultOf(claim);
  const propose = async (): Promise<void> => {
    if (claim === undefined) return;
    const off = claim.off.map(([from, until]) => ({ from, until }));
    const body = { jurisdiction: NATIONAL, year: claim.year, off, worked: [...claim.worked], source: claim.source };
    if (!(await act.run((key) => api.proposeYear(body, key)))) return;
    form.resetFields();
    done();
  };
  const read = async (file: File): Promise<void> => form.setFieldValue('text', await file.text());
  return (
    <Form form={form} layout="vertical" onFinish={() => void propose()} initialValues={{ year: new Date().getFullYear() + 1 }}>
      <Space size="middle" align="start" wrap>
        <Form.Item name="year" label="年度">
          <InputNumber min={2024} max={2100} />
        </Form.Item>
        <Form.Item name="source" label="依据的通知" style={{ minWidth: 420 }}>
          <Input maxLength={200} placeholder="国务院办公厅关于…部分节假日安排的通知" />
        </Form.Item>
        <Form.Item label="通知的文本文件">
          <Upload accept=".txt,text/plain" maxCount={1} showUploadList={false} beforeUpload={(file) => read(file).then(() => false)}>
            <Button>读入文件</Button>
          </Upload>
        </Form.Item>
      </Space>
      <Form.Item name="text" label="放假和调休安排(粘贴通知原文，或每行一段，如 2027-01-01至2027-01-03 休、2027-02-14 班)">
        <Input.TextArea rows={5} maxLength={20_000} />
      </Form.Item>
      {claim !== undefined && understood && <Preview claim={claim} />}
      {fault !== undefined && (
        <Alert type="warning" showIcon title={understood ? fault : '没有读出放假日期'} style={{ marginBottom: 12 }} />
      )}
      <ProblemAlert problem={act.problem} />
      <Button type="primary" htmlType="submit" loading={act.busy} disabled={!understood || fault !== undefined}>
        提议本年度安排
      </Button>
    </Form>
  );
};
