// Words and forms of the other services' fields: classes, states, days, money.
import type { Answers } from '../http';
import {
  AGENCY_WORDS as AGENCIES,
  CERTIFICATE_STATE_WORDS as CERTIFICATE_STATES,
  FILING_STATUS_WORDS,
  MESSAGE_STATE_WORDS as MESSAGE_STATES,
  PLAN_STATE_WORDS,
  RECOVERY_STATE_WORDS,
  RESULT_STATE_WORDS,
} from '@hengji/contracts/lists';
import { EVALUATION_KINDS as KINDS, INSTITUTION_CLASSES as CLASSES, yuan as plainYuan } from '@hengji/province';

type Known<T extends string> = Exclude<T, 'UNSPECIFIED'>;

export const FILING_STATUSES = {
  ACTIVE: { label: FILING_STATUS_WORDS.ACTIVE, color: 'success' },
  HELD: { label: FILING_STATUS_WORDS.HELD, color: 'error' },
  EXPIRED: { label: FILING_STATUS_WORDS.EXPIRED, color: 'default' },
  REMOVED: { label: FILING_STATUS_WORDS.REMOVED, color: 'error' },
} as const satisfies Record<Known<Answers['FilingStatus']>, { label: string; color: string }>;

export const INSTITUTION_CLASSES = CLASSES satisfies Record<Known<Answers['InstitutionClass']>, string>;

export const EVALUATION_KINDS = {
  QUALIFICATION: KINDS.QUALIFICATION.name,
  LEVEL_RECOGNITION: KINDS.LEVEL_RECOGNITION.name,
  SPECIAL_ABILITY: KINDS.SPECIAL_ABILITY.name,
} as const satisfies Record<Known<Answers['EvaluationKind']>, string>;

export const UPLOAD_STATES = { NONE: '未上传', UPLOADED: '已上传', WITHDRAWN: '已撤回' } as const satisfies Record<
  Known<Answers['UploadState']>,
  string
>;

export { AGENCIES, CERTIFICATE_STATES, MESSAGE_STATES };

/** The states of a service's records, as a lifting names them when it leaves a record out. */
const STATES_OF: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  approval: FILING_STATUS_WORDS,
  exam: { ...PLAN_STATE_WORDS, ...RESULT_STATE_WORDS },
  certificate: CERTIFICATE_STATES,
  subsidy: RECOVERY_STATE_WORDS,
  exchange: UPLOAD_STATES,
};

/** The state in words; an unknown state is shown as sent, because a decision depends on it. */
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

/** The time between two instants. Instants are kept to the millisecond, so equal ones are less than one millisecond apart, not none. */
export const duration = (from: string, until: string): string => {
  const ms = Date.parse(until) - Date.parse(from);
  if (ms < 1) return '不足1毫秒';
  return ms < 1_000 ? `${ms}毫秒` : `${(ms / 1_000).toFixed(1)}秒`;
};

const UUID = /\b([0-9a-f]{8})(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g;

/** The code with its UUIDs shortened to their first eight characters; other codes as they are. */
export const shortCode = (code: string): string => code.replace(UUID, '$1…');
