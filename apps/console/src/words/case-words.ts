// Words of cases, documents and limits, one closed table per enum. The titles of steps come with the case.
import { CASE_STATE_WORDS, DEADLINE_STATE_WORDS, LEAD_SOURCE_WORDS as LEAD_SOURCES } from '@hengji/contracts/lists';
import type { Answers, Body } from '../http';

type Known<T extends string> = Exclude<T, 'UNSPECIFIED'>;

export const CASE_STATES = {
  LEAD: { label: CASE_STATE_WORDS.LEAD, color: 'default' },
  TRIAGED: { label: CASE_STATE_WORDS.TRIAGED, color: 'default' },
  VERIFYING: { label: CASE_STATE_WORDS.VERIFYING, color: 'processing' },
  FOUNDED: { label: CASE_STATE_WORDS.FOUNDED, color: 'processing' },
  NOTICE_SERVED: { label: CASE_STATE_WORDS.NOTICE_SERVED, color: 'processing' },
  HEARING: { label: CASE_STATE_WORDS.HEARING, color: 'processing' },
  HEARD: { label: CASE_STATE_WORDS.HEARD, color: 'processing' },
  PROPOSED: { label: CASE_STATE_WORDS.PROPOSED, color: 'processing' },
  LEGAL_CHECKED: { label: CASE_STATE_WORDS.LEGAL_CHECKED, color: 'processing' },
  DECIDED: { label: CASE_STATE_WORDS.DECIDED, color: 'warning' },
  SERVED: { label: CASE_STATE_WORDS.SERVED, color: 'warning' },
  PUBLISHED: { label: CASE_STATE_WORDS.PUBLISHED, color: 'warning' },
  EXECUTING: { label: CASE_STATE_WORDS.EXECUTING, color: 'warning' },
  RECHECK: { label: CASE_STATE_WORDS.RECHECK, color: 'warning' },
  CLOSED: { label: CASE_STATE_WORDS.CLOSED, color: 'success' },
  DISMISSED: { label: CASE_STATE_WORDS.DISMISSED, color: 'default' },
  UNFOUNDED: { label: CASE_STATE_WORDS.UNFOUNDED, color: 'default' },
} as const satisfies Record<Known<Answers['CaseState']>, { label: string; color: string }>;

export { LEAD_SOURCES };

/** 行政处罚法第四十六条, and kinds that are not evidence. */
export const EVIDENCE_KINDS = {
  OTHER: '其他材料',
  DOCUMENTARY: '书证',
  PHYSICAL: '物证（照片）',
  AUDIO_VISUAL: '视听资料',
  ELECTRONIC: '电子数据',
  TESTIMONY: '证人证言',
  STATEMENT: '当事人的陈述',
  EXPERT_OPINION: '鉴定意见',
  INSPECTION_RECORD: '勘验、现场笔录',
} as const satisfies Record<Known<Answers['EvidenceKind']>, string>;

export const SERVICE_MODES = {
  IN_PERSON: '当面送达',
  LEFT: '留置送达',
  POST: '邮寄送达',
  ELECTRONIC: '电子送达（有确认书）',
  PUBLIC_NOTICE: '公告送达（30日）',
} as const satisfies Record<Known<Answers['ServiceMode']>, string>;

export const CAPACITIES = {
  LEGAL_REPRESENTATIVE: '法定代表人',
  PERSON_IN_CHARGE: '主要负责人',
  AUTHORISED_RECEIVER: '授权收件人（代收人）',
  RECEIVING_STAFF: '负责收件的人员',
} as const satisfies Record<Known<Answers['ReceiverCapacity']>, string>;

export const WAIVED_RIGHTS = { REPLY: '陈述申辩', HEARING: '听证' } as const satisfies Record<Known<Answers['WaivedRight']>, string>;

export const LEGAL_POINTS = {
  SUBJECT: '主体',
  FACTS: '事实',
  EVIDENCE: '证据',
  BASIS: '依据',
  PROCEDURE: '程序',
  DISCRETION: '裁量',
} as const satisfies Record<Known<Answers['LegalPoint']>, string>;

export const DOCUMENT_KINDS = {
  NOTICE: '告知书',
  DECISION: '决定书',
  RECTIFICATION: '整改通知书',
  TRANSFER: '移送书',
  RECOVERY: '追缴通知书',
  DEMAND: '催告书',
  SERVICE_RECEIPT: '送达回证',
  LIFTING: '解除决定书',
  PUBLICITY: '处理决定公示',
} as const satisfies Record<Known<Answers['DocumentKind']>, string>;

export const DEADLINE_STATES = {
  RUNNING: { label: DEADLINE_STATE_WORDS.RUNNING, color: 'processing' },
  NEARING: { label: DEADLINE_STATE_WORDS.NEARING, color: 'warning' },
  PASSED: { label: DEADLINE_STATE_WORDS.PASSED, color: 'error' },
  SUSPENDED: { label: DEADLINE_STATE_WORDS.SUSPENDED, color: 'default' },
  MET: { label: DEADLINE_STATE_WORDS.MET, color: 'success' },
  CANCELLED: { label: DEADLINE_STATE_WORDS.CANCELLED, color: 'default' },
} as const satisfies Record<Known<Answers['DeadlineState']>, { label: string; color: string }>;

export const LIFT_GROUNDS = {
  RECONSIDERATION: '行政复议决定',
  COURT: '行政诉讼判决',
  SELF_CORRECTION: '自行纠正',
  CONDITION_MET: '整改合格或终止条件成就',
  SUPERSEDED: '被新决定取代',
} as const satisfies Record<Known<Answers['LiftGround']>, string>;

/** The grounds that an officer may choose; a new decision itself states that it replaces the old one. */
const { SUPERSEDED: _, ...byHand } = LIFT_GROUNDS;
export const LIFT_GROUNDS_BY_HAND = byHand;

/** Who decided that the execution of a decision stops. */
export const STAYED_BY = {
  BODY: '复议机关或者人民法院',
  AUTHORITY: '本机关',
} as const satisfies Record<Known<NonNullable<Body<'/api/remedies/{id}/steps'>['stayedBy']>>, string>;

/** Parallel tracks; enforcement's own words, rules §7.9. */
export const PENALTY_TRACKS: Readonly<Record<string, string>> = {
  none: '未立案',
  open: '已立案',
  decided: '已处罚',
  cancelled: '已撤销立案',
};
export const TRANSFER_TRACKS: Readonly<Record<string, string>> = {
  none: '未移送',
  reported: '已报告，待批准（3日）',
  approved: '已批准，待移送（24小时）',
  refused: '未批准',
  sent: '已移送，待签收',
  received: '已签收，待立案决定（3日）',
  accepted: '公安已立案',
  rejected: '公安不予立案',
  reconsidering: '复议中',
  procuratorate: '已提请检察监督',
  handed_over: '涉案物品已移交',
  withdrawn: '已撤回移送',
};

/** The words of the contract's Rectification.state. */
export const RECTIFICATION_STATES: Readonly<Record<string, { readonly label: string; readonly color: string }>> = {
  OPEN: { label: '整改中', color: 'processing' },
  EVIDENCE_GIVEN: { label: '待复查', color: 'warning' },
  PASSED: { label: '复查合格', color: 'success' },
  FAILED: { label: '复查不合格，待再次整改', color: 'error' },
  WITHDRAWN: { label: '已随处理决定解除', color: 'default' },
};

/** The parts of a public notice that may be left out with a reason. */
export const NOTICE_PARTS = { FACTS: '事实', REASONS: '说理', LIST: '名单' } as const satisfies Record<
  Known<Answers['NoticePart']>,
  string
>;
