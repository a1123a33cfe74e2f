// Words and forms of the other services' fields: classes, states, days, money.
import type { Answers } from '../http';
import { EVALUATION_KINDS as KINDS, INSTITUTION_CLASSES as CLASSES, yuan as plainYuan } from '@hengji/province';

type Known<T extends string> = Exclude<T, 'UNSPECIFIED'>;

export const FILING_STATUSES = {
  ACTIVE: { label: '有效', color: 'success' },
  HELD: { label: '停止评价', color: 'error' },
  EXPIRED: { label: '已过期', color: 'default' },
  REMOVED: { label: '已移出目录', color: 'error' },
} as const satisfies Record<Known<Answers['FilingStatus']>, { label: string; color: string }>;

export const INSTITUTION_CLASSES = CLASSES satisfies Record<Known<Answers['InstitutionClass']>, string>;

export const EVALUATION_KINDS = {
  QUALIFICATION: KINDS.QUALIFICATION.name,
  LEVEL_RECOGNITION: KINDS.LEVEL_RECOGNITION.name,
  SPECIAL_ABILITY: KINDS.SPECIAL_ABILITY.name,
} as const satisfies Record<Known<Answers['EvaluationKind']>, string>;

export const PLAN_STATES = { DRAFT: '草稿', PUBLISHED: '已发布', DONE: '已完成', STOPPED_BY_AUTHORITY: '被终止' } as const satisfies Record<
  Known<Answers['PlanState']>,
  string
>;

export const RESULT_STATES = { RECORDED: '已登分', PUBLISHED: '已公示', CANCELLED: '已取消' } as const satisfies Record<
  Known<Answers['ResultState']>,
  string
>;

export const CERTIFICATE_STATES = { ISSUED: '有效', VOIDED: '已作废' } as const satisfies Record<
  Known<Answers['CertificateState']>,
  string
>;

export const UPLOAD_STATES = { NONE: '未上传', UPLOADED: '已上传', WITHDRAWN: '已撤回' } as const satisfies Record<
  Known<Answers['UploadState']>,
  string
>;

export const AGENCIES = {
  MINISTRY: '人社部平台',
  POLICE: '公安',
  MARKET_REGULATOR: '市场监管',
  DISCIPLINE: '纪检监察',
} as const satisfies Record<Known<Answers['Agency']>, string>;

export const MESSAGE_STATES = { PENDING: '待发送', ACKNOWLEDGED: '已确认', PARTLY_REJECTED: '部分被拒' } as const satisfies Record<
  Known<Answers['MessageState']>,
  string
>;

export const RECOVERY_STATES = { DRAFT: '待决定', REVOKED: '已撤销' } as const satisfies Record<Known<Answers['RecoveryState']>, string>;

/** The states of a service's records, as a lifting names them when it leaves one. */
const STATES_OF: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  approval: Object.fromEntries(Object.entries(FILING_STATUSES).map(([word, { label }]) => [word, label])),
  exam: { ...PLAN_STATES, ...RESULT_STATES },
  certificate: CERTIFICATE_STATES,
  subsidy: RECOVERY_STATES,
  exchange: UPLOAD_STATES,
};

/** The state in words; one that is not known stays as it was sent, because a decision hangs on it. */
export const recordState = (service: string, state: string): string => STATES_OF[service]?.[state] ?? state;

export const ROLES = {
  PROVINCE_OFFICER: '省级经办人员',
  CITY_OFFICER: '市级经办人员',
  INSTITUTION: '评价机构',
  OPERATOR: '运维人员',
  AUDITOR: '审计人员',
} as const satisfies Record<Known<Answers['Role']>, string>;

/** The word of a closed table, or a dash for a value not set. */
export const wordOf = <T extends string>(table: Readonly<Record<T, string>>, value: T | 'UNSPECIFIED' | undefined): string =>
  value === undefined || value === 'UNSPECIFIED' ? '—' : table[value];

/** Fen as yuan with separators: 150000 → ¥1,500.00. */
export const yuan = (fen: number): string => `¥${plainYuan(fen)}`;

export const count = (n: number): string => n.toLocaleString('zh-CN');

/** An instant as local date and time, or a dash. */
export const moment = (text: string | undefined): string =>
  text === undefined || text === '' ? '—' : new Date(text).toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai', hour12: false });
