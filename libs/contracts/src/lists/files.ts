// Lists of files and related records: institutions, notices, cases, orders, limits, messages to agencies.
import { AREA, AUTHORITY, AUTHORITY_SHOWN, INSTITUTION, INSTITUTION_NAME, SEARCHES_INSTITUTIONS } from './place';
import type { ListSpec } from './spec';
import {
  AGENCY_WORDS,
  CASE_STATE_WORDS,
  DEADLINE_STATE_WORDS,
  FILING_STATUS_WORDS,
  INSTITUTION_CLASS_WORDS,
  LEAD_SOURCE_WORDS,
  MESSAGE_KIND_WORDS,
  MESSAGE_STATE_WORDS,
  ORDER_PHASE_WORDS,
  REMEDY_KIND_WORDS,
  REMEDY_RESULT_WORDS,
  REMEDY_STATE_WORDS,
} from './words';

export const INSTITUTIONS = {
  name: 'institutions',
  title: '评价机构',
  key: 'code',
  sort: [{ field: 'code', descending: false }],
  search: '名称（或拼音、首字母）、机构代码或统一社会信用代码',
  fields: {
    code: { title: '机构代码', kind: 'code', filter: true, sort: true },
    uscc: { title: '统一社会信用代码', kind: 'code', filter: true, column: false },
    name: { title: '名称', kind: 'text', filter: true, sort: true },
    institutionClass: { title: '类别', kind: 'words', words: INSTITUTION_CLASS_WORDS, filter: true },
    authority: AUTHORITY_SHOWN,
    area: AREA,
    occupation: { title: '备案职业', kind: 'occupation', filter: true, column: false },
    validUntil: { title: '备案有效期至', kind: 'day', filter: true, sort: true },
    status: { title: '状态', kind: 'words', words: FILING_STATUS_WORDS, filter: true },
  },
} as const satisfies ListSpec;

export const NOTICES = {
  name: 'notices',
  title: '公告',
  key: 'noticeId',
  sort: [{ field: 'publishedAt', descending: true }],
  search: `标题、文号、${SEARCHES_INSTITUTIONS}`,
  fields: {
    noticeId: { title: '公告编号', kind: 'code', sort: true, column: false },
    title: { title: '标题', kind: 'text', filter: true },
    documentNo: { title: '文号', kind: 'text', filter: true },
    institution: INSTITUTION,
    institutionName: INSTITUTION_NAME,
    publishedAt: { title: '发布时间', kind: 'instant', filter: true, sort: true },
    withdrawnAt: { title: '撤回时间', kind: 'instant', filter: true, sort: true },
  },
} as const satisfies ListSpec;

export const DECISION_NOTICES = {
  name: 'decisions',
  title: '处理决定公示',
  key: 'noticeId',
  sort: [{ field: 'publishedAt', descending: true }],
  search: `公示文号、机构代码、${SEARCHES_INSTITUTIONS}`,
  fields: {
    noticeId: { title: '公示编号', kind: 'code', sort: true, column: false },
    number: { title: '公示文号', kind: 'text', filter: true },
    title: { title: '标题', kind: 'text' },
    institution: INSTITUTION,
    institutionName: INSTITUTION_NAME,
    authority: AUTHORITY_SHOWN,
    publishedAt: { title: '公示时间', kind: 'instant', filter: true, sort: true },
    publicUntil: { title: '公示至', kind: 'day' },
    withdrawnAt: { title: '撤回时间', kind: 'instant' },
    withdrawnReason: { title: '撤回理由', kind: 'text' },
    replacedBy: { title: '代替的公示', kind: 'text' },
  },
} as const satisfies ListSpec;

export const MESSAGES = {
  name: 'messages',
  title: '报文',
  key: 'messageId',
  sort: [{ field: 'position', descending: true }],
  search: `报文编号、${SEARCHES_INSTITUTIONS}`,
  fields: {
    position: { title: '序号', kind: 'number', sort: true, column: false },
    messageId: { title: '报文编号', kind: 'code', filter: true },
    agency: { title: '接收部门', kind: 'words', words: AGENCY_WORDS, filter: true },
    kind: { title: '类型', kind: 'words', words: MESSAGE_KIND_WORDS, filter: true },
    institution: INSTITUTION,
    institutionName: INSTITUTION_NAME,
    orderId: { title: '处理决定', kind: 'code', filter: true },
    items: { title: '条数', kind: 'number', filter: true },
    acknowledged: { title: '已确认', kind: 'number' },
    rejected: { title: '被拒', kind: 'number', filter: true },
    state: { title: '状态', kind: 'words', words: MESSAGE_STATE_WORDS, filter: true },
    tries: { title: '次数', kind: 'number', filter: true },
    lastError: { title: '最近错误', kind: 'text' },
    createdAt: { title: '创建时间', kind: 'instant', filter: true },
    acknowledgedAt: { title: '确认时间', kind: 'instant', filter: true, sort: true },
    authority: AUTHORITY,
    area: AREA,
  },
} as const satisfies ListSpec;

export const ORDERS = {
  name: 'orders',
  title: '处理决定',
  key: 'orderId',
  sort: [{ field: 'sequence', descending: true }],
  search: `文号、决定编号、${SEARCHES_INSTITUTIONS}`,
  fields: {
    /** In the order in which they were drafted. */
    sequence: { title: '序号', kind: 'number', sort: true, column: false },
    orderId: { title: '决定编号', kind: 'code', sort: true, column: false },
    documentNo: { title: '文号', kind: 'text', filter: true },
    institution: INSTITUTION,
    institutionName: INSTITUTION_NAME,
    phase: { title: '状态', kind: 'words', words: ORDER_PHASE_WORDS, filter: true },
    caseId: { title: '案件', kind: 'code', filter: true, column: false },
    interim: { title: '先行停止', kind: 'flag', filter: true },
    draftedAt: { title: '起草时间', kind: 'instant', filter: true, sort: true },
    signedAt: { title: '签发时间', kind: 'instant', filter: true, sort: true },
    completedAt: { title: '完成时间', kind: 'instant', filter: true, sort: true },
    authority: AUTHORITY_SHOWN,
    area: AREA,
  },
} as const satisfies ListSpec;

export const CASES = {
  name: 'cases',
  title: '案件',
  key: 'caseId',
  sort: [{ field: 'sequence', descending: true }],
  search: `案号、${SEARCHES_INSTITUTIONS}、线索内容`,
  fields: {
    /** In the order in which they were opened. */
    sequence: { title: '序号', kind: 'number', sort: true, column: false },
    caseId: { title: '案件编号', kind: 'code', sort: true, column: false },
    number: { title: '案号', kind: 'text', filter: true },
    institution: INSTITUTION,
    institutionName: INSTITUTION_NAME,
    state: { title: '状态', kind: 'words', words: CASE_STATE_WORDS, filter: true },
    source: { title: '线索来源', kind: 'words', words: LEAD_SOURCE_WORDS, filter: true },
    suspended: { title: '中止', kind: 'flag', filter: true },
    draftable: { title: '可起草处理决定', kind: 'flag', filter: true, column: false },
    openedBy: { title: '登记人', kind: 'code', filter: true, column: false },
    officer: { title: '承办人', kind: 'code', filter: true, column: false },
    openedAt: { title: '登记时间', kind: 'instant', filter: true, sort: true },
    authority: AUTHORITY_SHOWN,
    area: AREA,
  },
} as const satisfies ListSpec;

/** The board of limits (期限看板). Without a filter on the state it shows the limits that are still open. */
export const DEADLINES = {
  name: 'deadlines',
  title: '期限',
  key: 'deadlineId',
  sort: [{ field: 'dueAt', descending: false }],
  search: `案件编号、${SEARCHES_INSTITUTIONS}`,
  fields: {
    deadlineId: { title: '编号', kind: 'code', sort: true, column: false },
    title: { title: '期限', kind: 'text' },
    code: { title: '期限代码', kind: 'code', filter: true, column: false },
    dueAt: { title: '到期', kind: 'instant', filter: true, sort: true },
    startedAt: { title: '起算', kind: 'instant', filter: true, sort: true, column: false },
    state: { title: '状态', kind: 'words', words: DEADLINE_STATE_WORDS, filter: true },
    basis: { title: '依据', kind: 'text' },
    institution: INSTITUTION,
    institutionName: INSTITUTION_NAME,
    authority: AUTHORITY_SHOWN,
    caseId: { title: '案件', kind: 'code', filter: true },
  },
} as const satisfies ListSpec;

/** The registers of reconsiderations (行政复议) and suits (行政诉讼). */
export const REMEDIES = {
  name: 'remedies',
  title: '复议诉讼',
  key: 'remedyId',
  sort: [{ field: 'sequence', descending: true }],
  search: `申请人、复议机关或者法院、案号文号、${SEARCHES_INSTITUTIONS}`,
  fields: {
    /** In the order in which they were registered. */
    sequence: { title: '序号', kind: 'number', sort: true, column: false },
    remedyId: { title: '编号', kind: 'code', sort: true, column: false },
    kind: { title: '种类', kind: 'words', words: REMEDY_KIND_WORDS, filter: true },
    bodyNo: { title: '案号（文号）', kind: 'text', filter: true },
    body: { title: '复议机关（法院）', kind: 'text', filter: true },
    applicant: { title: '申请人（原告）', kind: 'text', filter: true },
    institution: INSTITUTION,
    institutionName: INSTITUTION_NAME,
    against: { title: '针对的决定', kind: 'text', filter: true },
    receivedOn: { title: '收到日期', kind: 'day', filter: true, sort: true },
    state: { title: '状态', kind: 'words', words: REMEDY_STATE_WORDS, filter: true },
    stayed: { title: '停止执行', kind: 'flag', filter: true },
    result: { title: '结果', kind: 'words', words: REMEDY_RESULT_WORDS, filter: true },
    resultOn: { title: '结果日期', kind: 'day', filter: true, sort: true, column: false },
    authority: AUTHORITY_SHOWN,
    caseId: { title: '案件', kind: 'code', filter: true },
    orderId: { title: '处理决定', kind: 'code', filter: true, column: false },
  },
} as const satisfies ListSpec;
