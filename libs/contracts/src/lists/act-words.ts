// Chinese words for acts (办理行为): what was done, on which kind of record, in which service. tools/tidy compares the words with the tables of
// acts.

import { EFFECT_WORDS } from '@hengji/province';
import type {
  ApprovalEffect,
  CertificateEffect,
  ExamEffect,
  ExchangeEffect,
  SubsidyEffect,
} from '../generated/hengji/enforcement/v1/order';

/** By the first word of `what`: an RPC, or a service's own work; a step or state follows it. */
export const ACT_WORDS = {
  AddAttachment: '上传附件',
  AssignTask: '领取或指派待办',
  AwaitUpload: '列入待上传',
  CheckRectification: '核查整改',
  CompleteOrder: '执行完毕',
  ConfirmCalendarYear: '确认工作日历',
  ConfirmDiscard: '确认丢弃消息',
  ConfirmDrift: '重新确认影响范围',
  ConfirmGroupDiscard: '确认成批丢弃消息',
  ConfirmParameter: '确认参数',
  ConfirmUsccCheck: '确认信用代码核对',
  ConfirmResults: '查阅成绩和身份（核发证书）',
  CreatePlan: '制定考务计划',
  DecideLeftRecord: '决定保留的记录',
  DiscardDraft: '废弃草稿',
  DraftOrder: '起草处理决定',
  EditDraft: '修改草稿',
  Fence: '设置围栏',
  FinishFollowUp: '办结后续事项',
  GiveEvidence: '提交整改材料',
  HandOverTask: '转交待办',
  Hear: '获知',
  ImportCertificates: '导入证书',
  ImportInstitutions: '导入机构',
  ImportPayments: '导入补贴',
  ImportPlans: '导入考务计划',
  ImportResults: '导入成绩',
  ImportUploads: '导入上传记录',
  IssueCertificates: '核发证书',
  IssueDocument: '制作文书',
  IssueOrder: '下达处理决定',
  LiftOrder: '解除处理决定',
  LookUpPerson: '按证件号码查询人员',
  MarkOverdue: '标记超时',
  MarkReinstated: '标记证书恢复',
  MarkReminderRead: '阅读提醒',
  MarkVoided: '标记证书作废',
  NoteCertificates: '记录证书编号',
  NoteUploads: '记录上传状态',
  OpenCase: '登记线索',
  OpenRemedy: '登记复议诉讼',
  OpenSession: '安排考试场次',
  PaySubsidies: '发放补贴',
  PreviewOrder: '预览影响范围',
  ProposeCalendarYear: '提交工作日历',
  ProposeDiscard: '提出丢弃消息',
  ProposeGroupDiscard: '提出成批丢弃消息',
  ProposeParameter: '提交参数',
  ProposeUsccCheck: '提请核对信用代码',
  PublishResults: '公布成绩',
  RecordExport: '导出列表',
  RecordResults: '登记成绩',
  RefuseUsccCheck: '不予确认信用代码',
  ReleaseRow: '下发措施',
  ReopenOrder: '重新打开处理决定',
  ReplayParked: '重放消息',
  Republish: '补发事件',
  ResumeOrder: '恢复执行',
  RetryMessage: '重发报文',
  RetryRow: '重试措施',
  SendMessage: '发送报文',
  ServeDocument: '送达文书',
  SignOrder: '签发处理决定',
  SuspendOrder: '停止执行',
  SweepOrder: '复核残留',
  TakeBackTask: '收回待办',
  TakeRemedyStep: '办理复议诉讼',
  TakeStep: '办理',
  UploadAttachment: '上传附件',
} as const satisfies Readonly<Record<string, string>>;

type EffectWord = ApprovalEffect | CertificateEffect | ExamEffect | ExchangeEffect | SubsidyEffect;

/** What a service does for a row of an order (动作); `UNDO` restores what the effect behind it has done. */
export const ROW_ACT_WORDS = {
  ...(EFFECT_WORDS satisfies Record<Exclude<EffectWord, 'UNSPECIFIED'>, string>),
  UNDO: '恢复',
} as const;

/** The part behind the first word, where no service has its own title for the part: an effect, or a state. */
export const ACT_DETAIL_WORDS: Readonly<Record<string, string>> = {
  ...EFFECT_WORDS,
  UPLOADED: '已上传',
  WITHDRAWN: '已撤回',
  BEGAN: '开始',
  ENDED: '完成',
};

export const RECORD_KIND_WORDS = {
  attachment: '附件',
  calendar_year: '工作日历',
  case: '案件',
  certificate: '证书',
  discard_group: '滞留消息组',
  document: '文书',
  event: '事件',
  institution: '机构',
  list: '列表',
  message: '报文',
  order: '处理决定',
  order_row: '措施',
  parameter: '参数',
  parked: '滞留消息',
  payment: '补贴',
  person: '人员',
  plan: '考务计划',
  remedy: '复议诉讼',
  reminder: '提醒',
  result: '成绩',
  session: '考试场次',
  task: '待办',
  usccCheck: '信用代码核对',
  upload: '上传记录',
} as const satisfies Readonly<Record<string, string>>;

/** The services that record acts. */
export const ACTING_WORDS = {
  approval: '备案',
  exam: '考务',
  certificate: '证书',
  subsidy: '补贴',
  exchange: '交换',
  enforcement: '执法',
} as const satisfies Readonly<Record<string, string>>;
