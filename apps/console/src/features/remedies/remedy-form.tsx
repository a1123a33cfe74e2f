// Registering a reconsideration or a suit (登记复议、诉讼): against which decision, who applied, where, and when it was received.
import { useQuery } from '@tanstack/react-query';
import { REMEDY_KIND_WORDS } from '@hengji/contracts/lists';
import { Button, Form, Input, Radio, Select, Spin } from 'antd';
import { useNavigate, useParams } from 'react-router';
import { type CaseJson, cases, type RemedyBody, type RemedyJson, remedies } from '../../case-api';
import { OneOf } from '../../forms/one-of';
import { useAct } from '../../forms/use-act';
import { loadList } from '../../lists/lists-api';
import { PageCard } from '../../page-card';
import { AttachmentPicker } from '../../procedure/attachment-picker';
import { ProblemAlert } from '../../problem-alert';
import { UnreadPage } from '../../unread-page';
import { wordOf } from '../../words/field-words';
import { attachmentsOf } from '../cases/case-steps';
import { keptChoices } from '../cases/order-choices';

const required = (what: string) => [{ required: true, whitespace: true, message: `请填写${what}` }];

/** The orders of the case, and the decision on a fine where there is one. */
const decisionsOf = (theCase: CaseJson) => [
  ...keptChoices(theCase),
  ...(theCase.penaltyTrack === 'decided' ? [{ value: '', label: '行政处罚决定' }] : []),
];

/** Ended remedies without a next one: a suit follows a reconsideration, an appeal a suit. */
const previousOf = (known: readonly RemedyJson[], kind: RemedyBody['kind'] | undefined) => {
  const before = { SUIT: 'RECONSIDERATION', APPEAL: 'SUIT', RECONSIDERATION: '' }[kind ?? 'RECONSIDERATION'];
  return known
    .filter((one) => one.kind === before && one.state === 'ENDED' && !known.some(({ follows }) => follows === one.remedyId))
    .map((one) => ({ value: one.remedyId, label: `${wordOf(REMEDY_KIND_WORDS, one.kind)} ${one.body} ${one.bodyNo}` }));
};

interface Read {
  readonly theCase: CaseJson;
  readonly known: readonly RemedyJson[];
  readonly reload: () => void;
}

const Fields = ({ theCase, known, reload }: Read) => {
  const kind = Form.useWatch<RemedyBody['kind'] | undefined>('kind');
  const previous = previousOf(known, kind);
  return (
    <>
      <Form.Item name="kind" label="种类" rules={[{ required: true, message: '请选择种类' }]}>
        <OneOf label="种类" words={REMEDY_KIND_WORDS} />
      </Form.Item>
      <Form.Item name="orderId" label="针对的决定" rules={[{ required: true, message: '请选择针对的决定' }]}>
        <Radio.Group aria-label="针对的决定" options={decisionsOf(theCase)} />
      </Form.Item>
      {previous.length > 0 && (
        <Form.Item name="follows" label="前一程序（经复议后起诉、对一审上诉的必填）">
          <Select allowClear options={previous} />
        </Form.Item>
      )}
      <Form.Item name="applicant" label="申请人（原告、上诉人）" rules={required('申请人')}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="body" label="复议机关或者人民法院" rules={required('复议机关或者人民法院')}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="bodyNo" label="通知书的文号、案号" rules={required('文号、案号')}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="receivedOn" label="收到日期（补登的填实际收到日期）" rules={required('收到日期')}>
        <Input type="date" style={{ width: 180 }} />
      </Form.Item>
      <Form.Item name="text" label="请求事项和理由" rules={required('请求事项')}>
        <Input.TextArea rows={4} maxLength={5000} showCount />
      </Form.Item>
      <Form.Item name="attachmentIds" label="通知书、申请书（起诉状）副本">
        <AttachmentPicker {...attachmentsOf(theCase, reload)} />
      </Form.Item>
    </>
  );
};

export const RemedyForm = () => {
  const { id = '' } = useParams();
  const navigate = useNavigate();
  const [form] = Form.useForm<RemedyBody>();
  const { busy, problem, run } = useAct(form);
  const file = useQuery({ queryKey: ['case', id], queryFn: () => cases.get(id) });
  const list = useQuery({ queryKey: ['remedies', id], queryFn: () => loadList.remedies({ caseId: id, limit: '1000' }) });
  const failed = file.error ?? list.error;
  if (failed !== null) return <UnreadPage title="登记复议、诉讼" problem={failed} />;
  if (file.data === undefined || list.data === undefined) return <Spin />;
  const open = (body: RemedyBody): Promise<boolean> =>
    run(async (key) => {
      const { remedyId } = await remedies.open(id, body, key);
      await navigate(`/remedies/${remedyId}`);
    });
  return (
    <PageCard title="登记复议、诉讼">
      <ProblemAlert problem={problem} />
      <Form<RemedyBody>
        form={form}
        layout="vertical"
        style={{ maxWidth: 760 }}
        initialValues={{ orderId: file.data.orderIds.at(-1), applicant: file.data.institutionName }}
        onFinish={(body) => void open(body)}
      >
        <Fields theCase={file.data} known={list.data.items} reload={() => void file.refetch()} />
        <Button type="primary" htmlType="submit" loading={busy}>
          登记
        </Button>
      </Form>
    </PageCard>
  );
};
