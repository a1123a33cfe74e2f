// One case: its subject, its origin, the gates before the signature, and the steps that this person may take now.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Descriptions, Spin, Tabs, Tag, Typography } from 'antd';
import { authorityShortName } from '@hengji/province';
import { Link, useParams } from 'react-router';
import { type CaseJson, cases } from '../../case-api';
import { LinkButton } from '../../link-button';
import { useMay } from '../../me';
import { PageCard } from '../../page-card';
import { isSignedOut } from '../../http';
import { ProblemAlert } from '../../problem-alert';
import { GateList } from '../../procedure/gate-list';
import { LimitTable } from '../../procedure/limit-table';
import { ObstacleList } from '../../procedure/obstacle-list';
import { Part } from '../../procedure/part';
import { FileTimeline } from '../../procedure/timeline';
import { polled } from '../../queries';
import { UnreadPage } from '../../unread-page';
import { LEAD_SOURCES, PENALTY_TRACKS, TRANSFER_TRACKS } from '../../words/case-words';
import { VIOLATIONS } from '../../words/enforcement-words';
import { wordOf } from '../../words/field-words';
import { ActsLink } from '../acts/acts-link';
import { Aftermath } from './aftermath';
import { RemediesOfCase } from '../remedies/remedies-of-case';
import { CaseStateTag } from './case-table';
import { CaseDocuments } from './case-documents';
import { CaseSteps } from './case-steps';
import { CaseNotices } from './case-notices';
import { officersInWords, takenSteps } from './taken-steps';
import { orderChoices } from './order-choices';

const EVERY_MS = 5_000;

/** Who held which of the duties that nobody may combine: by name where the file has the name. */
const namesIn = (theCase: CaseJson, ids: readonly string[]): string => {
  const names = new Map(theCase.entries.map((entry) => [entry.by, entry.byName]));
  return (
    ids
      .filter((id) => id !== '')
      .map((id) => names.get(id) || id)
      .join('、') || '—'
  );
};

/** The institution's view of its own file shows neither who held which duty nor whether the case was transferred. */
const Summary = ({ theCase }: { theCase: CaseJson }) => (
  <Descriptions size="small" column={3} bordered style={{ marginBottom: 12 }}>
    <Descriptions.Item label="机构">
      <Link to={`/institutions/${theCase.institution}`}>{theCase.institutionName || theCase.institution}</Link>
    </Descriptions.Item>
    <Descriptions.Item label="主管部门">
      {authorityShortName(theCase.authority)}
      {theCase.jointlyWith.length > 0 && `（会同${theCase.jointlyWith.join('、')}）`}
      {theCase.filedWith !== '' && theCase.filedWith !== theCase.authority && (
        <span className="quiet">{`（由${authorityShortName(theCase.filedWith)}转来${theCase.formerNumber === '' ? '' : `，原案号${theCase.formerNumber}`}）`}</span>
      )}
    </Descriptions.Item>
    {theCase.source !== 'UNSPECIFIED' && <Descriptions.Item label="来源">{wordOf(LEAD_SOURCES, theCase.source)}</Descriptions.Item>}
    <Descriptions.Item label="违规情形" span={3}>
      {theCase.grounds.map((ground) => wordOf(VIOLATIONS, ground)).join('；')}
    </Descriptions.Item>
    {theCase.summary !== '' && (
      <Descriptions.Item label="线索" span={3}>
        <Typography.Paragraph className="said">{theCase.summary}</Typography.Paragraph>
      </Descriptions.Item>
    )}
    {theCase.officers.length > 0 && <Descriptions.Item label="承办人">{officersInWords(theCase.officers)}</Descriptions.Item>}
    {theCase.verifiers.length > 0 && <Descriptions.Item label="核查人员">{namesIn(theCase, theCase.verifiers)}</Descriptions.Item>}
    {theCase.legalChecker !== '' && <Descriptions.Item label="法制审核">{namesIn(theCase, [theCase.legalChecker])}</Descriptions.Item>}
    {theCase.decider !== '' && <Descriptions.Item label="决定">{namesIn(theCase, [theCase.decider])}</Descriptions.Item>}
    <Descriptions.Item label="行政处罚">
      {PENALTY_TRACKS[theCase.penaltyTrack] ?? '—'}
      {theCase.actEnd !== undefined && `（违法行为${theCase.actEnd.continues ? '仍在继续' : `${theCase.actEnd.endedOn}终了`}）`}
    </Descriptions.Item>
    {theCase.transferTrack !== '' && (
      <Descriptions.Item label="移送公安">{TRANSFER_TRACKS[theCase.transferTrack] ?? '—'}</Descriptions.Item>
    )}
    <Descriptions.Item label="处理决定">
      <div className="row">
        {theCase.orderIds.length === 0
          ? '—'
          : orderChoices(theCase).map(({ value, label }) => (
              <Link key={value} to={`/orders/${value}`}>
                {label}
              </Link>
            ))}
      </div>
    </Descriptions.Item>
  </Descriptions>
);

/** The case file, polled. The answer of a step is shown at once; the answer of a poll that began before the step is dropped. */
const useFile = (id: string) => {
  const client = useQueryClient();
  const queryKey = ['case', id];
  const file = useQuery({ queryKey, queryFn: () => cases.get(id), ...polled(EVERY_MS) });
  const show = (answer: CaseJson): void => void client.cancelQueries({ queryKey }).then(() => client.setQueryData(queryKey, answer));
  return { file, show, reload: (): void => void file.refetch() };
};

export const CasePage = () => {
  const { id = '' } = useParams();
  const mayTake = useMay('takeSteps');
  const { file, show, reload } = useFile(id);
  const theCase = file.data;
  if (theCase === undefined) return file.error === null ? <Spin /> : <UnreadPage title="案件" problem={file.error} />;
  const mayDraft = theCase.allowedActions.includes('draftOrder');
  const form = <CaseSteps theCase={theCase} show={show} reload={reload} />;
  const papers = <CaseDocuments theCase={theCase} changed={reload} />;
  return (
    <PageCard
      title={`案件 ${theCase.number === '' ? theCase.caseId : theCase.number}`}
      beside={
        <>
          <CaseStateTag state={theCase.state} />
          {theCase.suspended && <Tag color="error">中止：等待刑事结果</Tag>}
          <ActsLink of="caseId" id={theCase.caseId} />
        </>
      }
      extra={mayDraft && <LinkButton to={`/orders/new?case=${theCase.caseId}&institution=${theCase.institution}`} label="起草处理决定" />}
    >
      {isSignedOut(file.error) && <ProblemAlert problem={file.error} />}
      {file.error !== null && !isSignedOut(file.error) && (
        <Alert type="warning" showIcon style={{ marginBottom: 12 }} title="暂时联系不上，正在重试。下面是最后一次读到的案卷。" />
      )}
      <Summary theCase={theCase} />
      <div className="file">
        <div className="column">
          {mayTake && <Part title="现在可办">{form}</Part>}
          {theCase.obstacles.length > 0 && (
            <Part title="还不能办的步骤">
              <ObstacleList obstacles={theCase.obstacles} />
            </Part>
          )}
          {theCase.rectifications.length + theCase.followUps.length > 0 && (
            <Part title="整改与善后">
              <Aftermath theCase={theCase} show={show} reload={reload} />
            </Part>
          )}
          <Tabs
            items={[
              { key: 'entries', label: `办案记录（${theCase.entries.length}）`, children: <FileTimeline steps={takenSteps(theCase)} /> },
              { key: 'remedies', label: '复议诉讼', children: <RemediesOfCase theCase={theCase} /> },
              { key: 'papers', label: `文书与附件（${theCase.documents.length + theCase.attachments.length}）`, children: papers },
            ]}
          />
        </div>
        <div className="column">
          {theCase.gates.length > 0 && (
            <Part title="签发前的关口">
              <GateList gates={theCase.gates} />
            </Part>
          )}
          {theCase.notices.length > 0 && (
            <Part title="公示">
              <CaseNotices notices={theCase.notices} />
            </Part>
          )}
          <Part title="期限">
            <LimitTable limits={theCase.deadlines} />
          </Part>
        </div>
      </div>
    </PageCard>
  );
};
