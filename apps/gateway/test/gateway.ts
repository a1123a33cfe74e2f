// Starts the gateway for its tests: through compose, with demo accounts and fake services.
import { ApprovalServiceDefinition } from '@hengji/contracts/approval/v1/approval_service';
import { DecisionNoticeServiceDefinition } from '@hengji/contracts/approval/v1/decision_notice_service';
import { UsccCheckServiceDefinition } from '@hengji/contracts/approval/v1/uscc_check_service';
import { CertificateServiceDefinition } from '@hengji/contracts/certificate/v1/certificate_service';
import { Case, Deadline, Document } from '@hengji/contracts/enforcement/v1/case';
import { CalendarServiceDefinition } from '@hengji/contracts/enforcement/v1/calendar_service';
import { ParameterServiceDefinition } from '@hengji/contracts/enforcement/v1/parameter_service';
import { RemedyServiceDefinition } from '@hengji/contracts/enforcement/v1/remedy_service';
import { CaseServiceDefinition } from '@hengji/contracts/enforcement/v1/case_service';
import { EnforcementServiceDefinition } from '@hengji/contracts/enforcement/v1/enforcement_service';
import { ExamServiceDefinition } from '@hengji/contracts/exam/v1/exam_service';
import { ExchangeServiceDefinition } from '@hengji/contracts/exchange/v1/exchange_service';
import { ParkingServiceDefinition } from '@hengji/contracts/messaging/v1/parking_service';
import { ActsServiceDefinition } from '@hengji/contracts/procedure/v1/acts_service';
import { PersonServiceDefinition } from '@hengji/contracts/procedure/v1/person_service';
import { TaskServiceDefinition } from '@hengji/contracts/procedure/v1/task_service';
import { SubsidyServiceDefinition } from '@hengji/contracts/subsidy/v1/subsidy_service';
import { Refusal } from '@hengji/domain-kit';
import { createLog, grpcServer, grpcService, readConfig, startAll, type CallerContext, type CallerTable } from '@hengji/host';
import { SESSIONS_TOPIC } from '@hengji/contracts';
import { TEST_CALLER_SECRET, closeAfterSuite, kafkaProbe, startParts, testBrokers, topicPrefix } from '@hengji/testing';
import type { ServiceImplementation, TsProtoServiceDefinition } from 'nice-grpc';
import { compose } from '../src/compose';
import { CONFIG } from '../src/config';
import { Browser, PASSWORD } from './browser';
import { answerTo, AUTHORITIES, DALIAN, type Enforcement, orderFakes, orderOf, PROVINCE, SHENYANG, type Asked } from './orders';
import { recoveryOf } from './recovery-of';
import { besidesCases } from './besides-cases';

export { Browser, DALIAN, orderOf, PASSWORD, PROVINCE, SHENYANG };

const DOCUMENT = Document.fromPartial({ documentId: 'd1', kind: 'NOTICE', number: '辽人社鉴告〔2026〕3号', title: '行政处理告知书' });
export const PSEUDONYM = 'ab'.repeat(16);
const SCRIPT = '<script>alert(1)</script>';
/** Cases of these institutions: `<anything>-<institution>`. A document has the name of its case, and is filed unless it is a `DRAFT`. */
export const caseOf = (caseId: string): Case => {
  const institution = caseId.split('-')[1] ?? '';
  return Case.fromPartial({
    caseId,
    ...{ state: 'NOTICE_SERVED', institution, authority: AUTHORITIES[institution] ?? '' },
    documents: caseId.startsWith('DRAFT') ? [] : [{ ...DOCUMENT, documentId: caseId }],
    attachments: [{ attachmentId: 'a1', name: '现场笔录.pdf', bytes: BigInt(SCRIPT.length), sha256: Buffer.from('ab', 'hex') }],
  });
};

const fakes = (asked: Asked[]) => {
  const answer = answerTo(asked);
  const approval: Partial<ServiceImplementation<typeof ApprovalServiceDefinition, CallerContext>> = {
    getInstitution: answer('getInstitution', ({ code }) => {
      const authority = AUTHORITIES[code];
      if (!authority) throw new Refusal('notFound', 'institution.unknown', '没有这个机构', { field: 'code' });
      return { institution: { code, authority, name: '某评价机构' } };
    }),
    listInstitutions: answer('listInstitutions', () => ({
      institutions: Object.entries(AUTHORITIES).map(([code, authority]) => ({ code, authority, name: '=某评价机构' })),
      total: { count: 3 },
    })),
    listNotices: answer('listNotices', () => ({ notices: [{ noticeId: 'n1', title: '作废公告' }] })),
  };
  const enforcement = orderFakes(asked);
  const aCase = (method: string) => answer(method, ({ caseId }: { caseId: string }) => ({ case: caseOf(caseId) }));
  const cases: Partial<ServiceImplementation<typeof CaseServiceDefinition, CallerContext>> = {
    getCase: aCase('getCase'),
    takeStep: aCase('takeStep'),
    previewNotice: answer('previewNotice', () => ({ text: { title: '处理决定公示' }, entries: [], faults: [] })),
    openCase: answer('openCase', ({ institution }) => ({ case: caseOf(`LEAD-${institution}`) })),
    listCases: answer('listCases', () => ({
      cases: [SHENYANG, DALIAN].map((code) => caseOf(`OPEN-${code}`)),
    })),
    getDocument: answer('getDocument', ({ documentId }) => ({
      document: { ...DOCUMENT, documentId, caseId: documentId },
      pdf: Buffer.from('%PDF-1.7'),
    })),
    issueDocument: answer('issueDocument', ({ kind }) => ({ document: { ...DOCUMENT, kind } })),
    serveDocument: answer('serveDocument', () => ({ document: DOCUMENT })),
    uploadAttachment: async (requests, { caller }) => {
      const messages = [];
      for await (const message of requests) messages.push(message);
      const content = Buffer.concat(messages.map(({ chunk }) => chunk));
      const isWhole = messages.at(-1)?.end === true;
      asked.push({ method: 'uploadAttachment', request: { ...messages[0], content, isWhole }, caller });
      if (!isWhole) throw new Refusal('invalid', 'attachment.cut_off', '附件没有上传完整，请重新上传');
      return { attachment: { attachmentId: 'a9', name: messages[0]?.name ?? '', bytes: BigInt(content.length) } };
    },
    readAttachment: async function* ({ attachmentId, from, until }) {
      const content = Buffer.from(SCRIPT);
      const attachment = { attachmentId, name: "现场笔录 '(1)*.html", mediaType: 'text/html', bytes: BigInt(content.length) };
      yield { attachment, part: until > 0n };
      yield { chunk: until > 0n ? content.subarray(Number(from), Number(until)) : content };
    },
    listDeadlines: answer('listDeadlines', () => ({
      deadlines: [SHENYANG, DALIAN].flatMap((institution) =>
        ['D-TRANSFER-SEND', 'D-PEN-SERVE'].map((code) =>
          Deadline.fromPartial({ code, institution, authority: AUTHORITIES[institution] ?? '' }),
        ),
      ),
    })),
    giveEvidence: answer('giveEvidence', () => ({ case: caseOf(`OPEN-${SHENYANG}`) })),
    checkRectification: answer('checkRectification', () => ({ case: caseOf(`OPEN-${SHENYANG}`) })),
    finishFollowUp: answer('finishFollowUp', () => ({ case: caseOf(`OPEN-${SHENYANG}`) })),
  };
  const exchange: Partial<ServiceImplementation<typeof ExchangeServiceDefinition, CallerContext>> = {
    listMessages: answer('listMessages', () => ({
      messages: [SHENYANG, DALIAN].map((institution) => ({ messageId: institution, institution, orderId: `EXECUTING-${institution}` })),
      institutions: [SHENYANG, DALIAN].map((code) => ({ code, authority: AUTHORITIES[code] ?? '' })),
    })),
    retryMessage: answer('retryMessage', ({ messageId }) => ({ message: { messageId } })),
    countUploads: answer('countUploads', () => ({ uploaded: 1n })),
  };
  const parking: Partial<ServiceImplementation<typeof ParkingServiceDefinition, CallerContext>> = {
    listParked: answer('listParked', () => ({ messages: [{ parkedId: '7', valueBytes: 2n }], total: 1n })),
    listGaps: answer('listGaps', () => ({ gaps: [] })),
    getParked: answer('getParked', () => ({ message: { parkedId: '7' }, json: '{}' })),
    replayParked: answer('replayParked', () => ({ handled: 1 })),
    proposeDiscard: answer('proposeDiscard', () => ({ message: { parkedId: '7' } })),
    confirmDiscard: answer('confirmDiscard', () => ({ handled: 2 })),
    listParkedGroups: answer('listParkedGroups', () => ({ groups: [], proposals: [] })),
    proposeGroupDiscard: answer('proposeGroupDiscard', () => ({ group: { groupId: '8' } })),
    confirmGroupDiscard: answer('confirmGroupDiscard', () => ({ discarded: 3n })),
    listDiscarded: answer('listDiscarded', () => ({ messages: [] })),
  };
  const task = { taskId: 't1', title: '核查', institution: SHENYANG, authority: '2101' };
  const reminder = { reminderId: 'm1', title: '送达决定书', createdAt: new Date(0), dueAt: new Date(0) };
  const tasks: Partial<ServiceImplementation<typeof TaskServiceDefinition, CallerContext>> = {
    listTasks: answer('listTasks', () => ({
      tasks: [
        { ...task, taskId: 't2' },
        { ...task, dueAt: new Date(0) },
      ],
    })),
    listTaskOfficers: answer('listTaskOfficers', () => ({ officers: [{ officerId: 'a1', name: '吴某' }] })),
    assignTask: answer('assignTask', () => ({ task })),
    handOverTask: answer('handOverTask', () => ({ task })),
    takeBackTask: answer('takeBackTask', () => ({ task })),
    listReminders: answer('listReminders', () => ({ reminders: [reminder] })),
    markReminderRead: answer('markReminderRead', () => ({ reminder })),
  };
  const acts: Partial<ServiceImplementation<typeof ActsServiceDefinition, CallerContext>> = {
    listActs: answer('listActs', () => ({
      acts: [{ actId: 'exam-1', at: new Date(0), keptBy: 'exam', what: 'CreatePlan', person: { officerId: 'a1', role: 'AUDITOR' } }],
      total: { count: 1 },
      institutions: [{ code: SHENYANG, name: '某评价机构', authority: '2101' }],
    })),
    // An act of an export of notices is the one that cannot be stored.
    recordExport: answer('recordExport', ({ list }) => {
      if (list === 'notices') throw new Refusal('unavailable', 'database.unavailable', '数据库暂时不可用');
      return {};
    }),
  };
  // By name and number the fake returns a certificate, by pseudonym the payments on it.
  const people: Partial<ServiceImplementation<typeof PersonServiceDefinition, CallerContext>> = {
    lookUpPerson: answer('lookUpPerson', ({ person }) => ({
      records: [{ kind: person === '' ? 'CERTIFICATE' : 'PAYMENT', recordId: person === '' ? 'c1' : 'p1', institution: SHENYANG }],
      person: PSEUDONYM,
      institutions: [{ code: SHENYANG, name: '某评价机构', authority: '2101' }],
    })),
  };
  return { approval, enforcement, cases, exchange, parking, tasks, acts, people, besides: besidesCases(answer) };
};

const everyone = (definition: TsProtoServiceDefinition): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(Object.keys(definition.methods).map((method) => [method, ['gateway']]));

const hosted = <D extends TsProtoServiceDefinition>(definition: D, partial: Partial<ServiceImplementation<D, CallerContext>>) => {
  const missing = Object.fromEntries(Object.keys(definition.methods).map((method) => [method, async () => ({})]));
  return grpcService(
    definition,
    { ...missing, ...partial } as ServiceImplementation<D, CallerContext>,
    everyone(definition) as CallerTable<D['methods']>,
  );
};

/**
 * Starts fake services and the gateway; `certificate` only with `allThere`, so that most tests have an unavailable service. `aheadMs`: how
 * far the services' clock is ahead of the gateway's. `answers`: other answers of enforcement.
 */
export const startGateway = async (
  env: Record<string, string> = {},
  { aheadMs = () => 0, answers = {}, allThere = false }: { aheadMs?: () => number; answers?: Enforcement; allThere?: boolean } = {},
) => {
  const asked: Asked[] = [];
  const { approval, enforcement, cases, exchange, parking, tasks, acts, people, besides } = fakes(asked);
  const log = createLog('fakes', 'error');
  const server = grpcServer({
    ...{ host: '127.0.0.1', port: 0, callerSecret: TEST_CALLER_SECRET, log, now: () => new Date(Date.now() + aheadMs()) },
    services: [
      hosted(ApprovalServiceDefinition, approval),
      hosted(EnforcementServiceDefinition, { ...enforcement, ...answers }),
      hosted(CaseServiceDefinition, cases),
      hosted(DecisionNoticeServiceDefinition, besides.decisions),
      hosted(UsccCheckServiceDefinition, besides.usccChecks),
      hosted(CalendarServiceDefinition, besides.calendar),
      hosted(ParameterServiceDefinition, besides.parameters),
      hosted(RemedyServiceDefinition, besides.remedies),
      hosted(TaskServiceDefinition, tasks),
      hosted(ExchangeServiceDefinition, exchange),
      hosted(ExamServiceDefinition, {}),
      hosted(SubsidyServiceDefinition, { getRecovery: async ({ recoveryId: id }) => recoveryOf(id, caseOf(id)) }),
      hosted(CertificateServiceDefinition, {}),
      hosted(ParkingServiceDefinition, parking),
      hosted(ActsServiceDefinition, acts),
      hosted(PersonServiceDefinition, people),
    ],
  });
  await startParts([server]);
  const there = server.address();
  const prefix = env['KAFKA_TOPIC_PREFIX'] ?? topicPrefix();
  await kafkaProbe(prefix).createTopics([SESSIONS_TOPIC.name]);
  const parts = compose(
    readConfig(CONFIG, {
      ...{
        HTTP_PORT: '0',
        CALLER_SECRET: TEST_CALLER_SECRET,
        SESSION_KEY: 'c3'.repeat(32),
        LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
      },
      ...{ DEMO_ACCOUNTS: 'true', DEMO_PASSWORD: PASSWORD, VERIFY_URL: 'http://127.0.0.1:9', CONSOLE_FOLDER: __dirname },
      ...{ APPROVAL_ADDR: there, EXAM_ADDR: there, CERTIFICATE_ADDR: allThere ? there : '127.0.0.1:9', SUBSIDY_ADDR: there },
      ...{ EXCHANGE_ADDR: there, ENFORCEMENT_ADDR: there },
      ...{ KAFKA_BROKERS: testBrokers().join(','), KAFKA_TOPIC_PREFIX: prefix },
      ...env,
    }),
  );
  const stop = closeAfterSuite(await startAll(parts));
  const door = parts.find((part): part is (typeof parts)[number] & { origin(): string } => 'origin' in part);
  if (!door) throw new Error('no HTTP door among the parts');
  return { origin: door.origin(), asked, stop };
};

export type Gateway = Awaited<ReturnType<typeof startGateway>>;

export const signedIn = async (gateway: Gateway, login: string): Promise<Browser> => {
  const browser = new Browser(gateway.origin);
  await browser.signIn(login);
  return browser;
};
