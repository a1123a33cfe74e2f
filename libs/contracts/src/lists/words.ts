// Chinese words for the values that lists show and filter by, one closed table per enum: a contract value without a word does not compile.
import { AUTHORITIES, authorityShortName, EVALUATION_KINDS, INSTITUTION_CLASSES, isCertificateLevel, LEVELS } from '@hengji/province';
import type { FilingStatus, InstitutionClass } from '../generated/hengji/approval/v1/approval';
import type { CertificateState } from '../generated/hengji/certificate/v1/certificate';
import type { CaseState, DeadlineState, LeadSource } from '../generated/hengji/enforcement/v1/case';
import type { RemedyKind, RemedyResult, RemedyState } from '../generated/hengji/enforcement/v1/remedy';
import type { OrderPhase } from '../generated/hengji/enforcement/v1/enforcement_service';
import type { PlanState, ResultState } from '../generated/hengji/exam/v1/exam';
import type { Agency, MessageState } from '../generated/hengji/exchange/v1/exchange';
import type { FundSource, RecoveryState } from '../generated/hengji/subsidy/v1/subsidy';

type Words<T extends string> = Record<Exclude<T, 'UNSPECIFIED'>, string>;

export const FILING_STATUS_WORDS = {
  ACTIVE: '有效',
  HELD: '停止评价',
  EXPIRED: '已过期',
  REMOVED: '已移出目录',
} as const satisfies Words<FilingStatus>;

export const INSTITUTION_CLASS_WORDS = INSTITUTION_CLASSES satisfies Words<InstitutionClass>;

export const PLAN_STATE_WORDS = {
  DRAFT: '草稿',
  PUBLISHED: '已发布',
  DONE: '已完成',
  STOPPED_BY_AUTHORITY: '被终止',
} as const satisfies Words<PlanState>;

export const RESULT_STATE_WORDS = { RECORDED: '已登分', PUBLISHED: '已公示', CANCELLED: '已取消' } as const satisfies Words<ResultState>;

export const CERTIFICATE_STATE_WORDS = { ISSUED: '有效', VOIDED: '已作废' } as const satisfies Words<CertificateState>;

export const FUND_SOURCE_WORDS = {
  UNEMPLOYMENT_INSURANCE: '失业保险基金',
  EMPLOYMENT_FUND: '就业补助资金',
  SKILL_ACTION_ACCOUNT: '职业技能提升行动专账',
} as const satisfies Words<FundSource>;

export const RECOVERY_STATE_WORDS = { DRAFT: '待决定', REVOKED: '已撤销' } as const satisfies Words<RecoveryState>;

export const AGENCY_WORDS = {
  MINISTRY: '人社部平台',
  POLICE: '公安',
  MARKET_REGULATOR: '市场监管',
  DISCIPLINE: '纪检监察',
} as const satisfies Words<Agency>;

export const MESSAGE_STATE_WORDS = {
  PENDING: '待发送',
  ACKNOWLEDGED: '已确认',
  PARTLY_REJECTED: '部分被拒',
} as const satisfies Words<MessageState>;

/** Words for AgencyMessage.kind. */
export const MESSAGE_KIND_WORDS = { upload: '上传', withdraw: '撤回', notice: '通报', transfer: '移送', inquiry: '查询办理结果' } as const;

export const ORDER_PHASE_WORDS = {
  DRAFTED: '草稿',
  AWAITING_SIGNATURE: '已预览，待签发',
  FENCING: '已签发，围栏中',
  EXECUTING: '执行中',
  COUNTING: '核对残留',
  SUSPENDED: '停止执行',
  REOPENED: '已重新打开',
  COMPLETED: '执行完毕',
  LIFTING: '解除中',
  LIFTED: '已解除',
  DISCARDED: '已废弃',
} as const satisfies Words<OrderPhase>;

export const CASE_STATE_WORDS = {
  LEAD: '线索',
  TRIAGED: '已分办',
  VERIFYING: '核查中',
  FOUNDED: '查证属实',
  NOTICE_SERVED: '已告知',
  HEARING: '听证中',
  HEARD: '已听取意见',
  PROPOSED: '已提处理建议',
  LEGAL_CHECKED: '已法制审核',
  DECIDED: '已决定',
  SERVED: '已送达',
  PUBLISHED: '已公开',
  EXECUTING: '执行中',
  RECHECK: '复查',
  CLOSED: '结案',
  DISMISSED: '不予处理',
  UNFOUNDED: '查无实据',
} as const satisfies Words<CaseState>;

export const REMEDY_KIND_WORDS = {
  RECONSIDERATION: '行政复议',
  SUIT: '行政诉讼（一审）',
  APPEAL: '行政诉讼（二审）',
} as const satisfies Words<RemedyKind>;

export const REMEDY_STATE_WORDS = {
  RECEIVED: '已收到',
  ANSWERED: '已答复（答辩）',
  ENDED: '已有结果',
} as const satisfies Words<RemedyState>;

export const REMEDY_RESULT_WORDS = {
  UPHELD: '维持',
  REJECTED: '驳回',
  REVOKED: '撤销',
  PARTLY_REVOKED: '部分撤销',
  CHANGED: '变更',
  DECLARED_UNLAWFUL: '确认违法',
  REDO: '撤销并责令重新作出',
  WITHDRAWN: '撤回、终止',
} as const satisfies Words<RemedyResult>;

export const DEADLINE_STATE_WORDS = {
  RUNNING: '进行中',
  NEARING: '临近',
  PASSED: '已过期',
  SUSPENDED: '已中止',
  MET: '已完成',
  CANCELLED: '已取消',
} as const satisfies Words<DeadlineState>;

export const LEAD_SOURCE_WORDS = {
  SCREENING: '筛查比对',
  RANDOM_INSPECTION: '双随机抽查',
  COMPLAINT: '投诉举报',
  MEDIA: '媒体',
  AUDIT: '审计、巡视巡察',
  ALERT_NOTICE: '提示单',
  AGENCY: '外部门移送',
} as const satisfies Words<LeadSource>;

/** Kinds of evaluation (评价类别). */
export const EVALUATION_KIND_WORDS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(EVALUATION_KINDS).map(([kind, { name }]) => [kind, name]),
);

/** The levels of certificates, with the character of the certificate's number. */
export const LEVEL_WORDS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.values(LEVELS).flatMap(({ digit, name }) => (isCertificateLevel(digit) ? [[digit, name]] : [])),
);

/** Competent authorities (主管部门), rules §3.3. */
export const AUTHORITY_WORDS: Readonly<Record<string, string>> = Object.fromEntries(
  AUTHORITIES.map((code) => [code, authorityShortName(code)]),
);
