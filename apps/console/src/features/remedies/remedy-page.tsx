// One reconsideration or suit: who applied where against which decision, the steps, the record, and the lifting that its result demands.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { REMEDY_KIND_WORDS, REMEDY_RESULT_WORDS } from '@hengji/contracts/lists';
import { Alert, Button, Descriptions, Popconfirm, Spin, Typography } from 'antd';
import { Link, useParams } from 'react-router';
import { api, type OrderJson } from '../../api';
import { type CaseJson, cases, files, type RemedyJson, remedies } from '../../case-api';
import { useAct } from '../../forms/use-act';
import { InstitutionLink } from '../../lists/institution-link';
import { PageCard } from '../../page-card';
import { LimitTable } from '../../procedure/limit-table';
import { Part } from '../../procedure/part';
import { FileTimeline, type TakenStep } from '../../procedure/timeline';
import { ProblemAlert } from '../../problem-alert';
import { UnreadPage } from '../../unread-page';
import { wordOf } from '../../words/field-words';
import { ActsLink } from '../acts/acts-link';
import { attachmentsOf } from '../cases/case-steps';
import { obstacleTo } from '../orders/asked';
import { MeasureTags } from '../orders/order-table';
import { scopeText } from '../orders/scope-text';
import { RemedySteps } from './remedy-steps';
import { RemedyStateTags } from './remedy-table';

const againstOf = ({ against, orderId }: RemedyJson) => (orderId === '' ? against : <Link to={`/orders/${orderId}`}>{against}</Link>);

const Summary = ({ remedy }: { remedy: RemedyJson }) => (
  <Descriptions size="small" column={3} bordered style={{ marginBottom: 12 }}>
    <Descriptions.Item label="机构">
      <InstitutionLink code={remedy.institution} />
    </Descriptions.Item>
    <Descriptions.Item label="案件">
      <Link to={`/cases/${remedy.caseId}`}>案卷</Link>
    </Descriptions.Item>
    <Descriptions.Item label="针对的决定">{againstOf(remedy)}</Descriptions.Item>
    <Descriptions.Item label="申请人（原告）">{remedy.applicant}</Descriptions.Item>
    <Descriptions.Item label="复议机关（法院）">{remedy.body}</Descriptions.Item>
    <Descriptions.Item label="案号（文号）">{remedy.bodyNo}</Descriptions.Item>
    <Descriptions.Item label="收到日期">{remedy.receivedOn}</Descriptions.Item>
    {remedy.follows !== '' && (
      <Descriptions.Item label="前一程序">
        <Link to={`/remedies/${remedy.follows}`}>查看</Link>
      </Descriptions.Item>
    )}
    {remedy.result !== 'UNSPECIFIED' && (
      <Descriptions.Item label="结果">
        {REMEDY_RESULT_WORDS[remedy.result]}（{remedy.resultNo}，{remedy.resultOn}作出，{remedy.resultServedOn}送达申请人）
      </Descriptions.Item>
    )}
  </Descriptions>
);

/** Why the reader cannot lift the order now; absent when the reader can. */
const whyNot = (order: OrderJson | undefined): string | undefined => {
  const isPossible = order?.allowedActions.includes('lift') === true || order?.allowedActions.includes('liftPart') === true;
  if (order === undefined || !isPossible) return '处理决定现在不能解除，见处理决定页';
  return obstacleTo(order, 'lift');
};

/** The lifting that the result demands: shown as drafted, and carried out as every lifting. */
const Lifting = ({ remedy, order, lifted }: { remedy: RemedyJson; order: OrderJson | undefined; lifted: () => void }) => {
  const { busy, problem, run } = useAct();
  const { lifting, liftingNote } = remedy;
  if (lifting === undefined) return null;
  const { orderId, reason, scope } = lifting;
  const measures = lifting.measures.flatMap((one) => (one === 'UNSPECIFIED' ? [] : [one]));
  const ground = lifting.ground === 'COURT' ? 'COURT' : 'RECONSIDERATION';
  const lift = (): Promise<boolean> =>
    run(async (key) => {
      await api.lift(orderId, { ground, reason, measures, ...(scope === undefined ? {} : { scope }) }, key);
      lifted();
    });
  const hindered = whyNot(order);
  return (
    <Part title="拟解除（按结果自动拟出）">
      <ProblemAlert problem={problem} />
      {liftingNote !== '' && <Alert type="warning" showIcon style={{ marginBottom: 12 }} title={liftingNote} />}
      <Typography.Paragraph className="said">{reason}</Typography.Paragraph>
      <div className="row">措施：{measures.length === 0 ? '全部有效措施' : <MeasureTags measures={measures} />}</div>
      <p>范围：{scope === undefined ? '原处理决定的全部范围' : scopeText(scope)}</p>
      {hindered !== undefined && <p className="quiet">{hindered}</p>}
      <Popconfirm
        title="按结果解除处理决定？"
        okText="确认解除"
        cancelText="返回"
        onConfirm={() => void lift()}
        disabled={hindered !== undefined}
      >
        <Button danger loading={busy} disabled={hindered !== undefined}>
          按结果解除
        </Button>
      </Popconfirm>
    </Part>
  );
};

const takenSteps = ({ entries, caseId }: RemedyJson, attachments: CaseJson['attachments']): TakenStep[] =>
  entries.map((entry) => ({
    ...{ key: String(entry.number), title: `${entry.title}（${entry.day}）`, at: entry.at },
    by: entry.byName || (entry.by === 'system' ? '系统' : entry.by),
    said: (
      <Typography.Paragraph className="said">{[entry.documentNo, entry.text].filter((one) => one !== '').join('：')}</Typography.Paragraph>
    ),
    papers: attachments
      .filter(({ attachmentId }) => entry.attachmentIds.includes(attachmentId))
      .map(({ attachmentId: id, name }) => ({ id, label: name, address: files.attachment(caseId, id), inPage: false })),
  }));

export const RemedyPage = () => {
  const { id = '' } = useParams();
  const client = useQueryClient();
  const { data: remedy, error, refetch } = useQuery({ queryKey: ['remedy', id], queryFn: () => remedies.get(id) });
  const { caseId = '', orderId = '' } = remedy ?? {};
  const file = useQuery({ queryKey: ['case', caseId], queryFn: () => cases.get(caseId), enabled: caseId !== '' });
  const order = useQuery({ queryKey: ['order', orderId], queryFn: () => api.order(orderId), enabled: orderId !== '' });
  if (remedy === undefined) return error === null ? <Spin /> : <UnreadPage title="复议诉讼" problem={error} />;
  const reload = (): void => void Promise.all([refetch(), file.refetch(), ...(orderId === '' ? [] : [order.refetch()])]);
  const show = (answer: RemedyJson): void => {
    client.setQueryData(['remedy', id], answer);
    reload();
  };
  return (
    <PageCard
      title={`${wordOf(REMEDY_KIND_WORDS, remedy.kind)} ${remedy.bodyNo}`}
      beside={
        <>
          <RemedyStateTags remedy={remedy} />
          <ActsLink of="caseId" id={remedy.caseId} />
        </>
      }
    >
      <ProblemAlert problem={file.error ?? order.error} />
      <Summary remedy={remedy} />
      <div className="file">
        <div className="column">
          {remedy.nextSteps.length > 0 && file.data !== undefined && (
            <Part title="现在可办">
              <RemedySteps
                remedy={remedy}
                order={order.data}
                attachments={attachmentsOf(file.data, () => void file.refetch())}
                show={show}
              />
            </Part>
          )}
          <Part title={`办理记录（${remedy.entries.length}）`}>
            <FileTimeline steps={takenSteps(remedy, file.data?.attachments ?? [])} />
          </Part>
        </div>
        <div className="column">
          <Lifting remedy={remedy} order={order.data} lifted={reload} />
          <Part title="期限">
            <LimitTable limits={(file.data?.deadlines ?? []).filter(({ remedyId }) => remedyId === remedy.remedyId)} />
          </Part>
        </div>
      </div>
    </PageCard>
  );
};
