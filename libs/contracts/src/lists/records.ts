// Lists of records about people and institutions, from exam, certificate and subsidy.
import { AREA, AUTHORITY, INSTITUTION, INSTITUTION_NAME, SEARCHES_INSTITUTIONS } from './place';
import type { ListField, ListSpec } from './spec';
import {
  CERTIFICATE_STATE_WORDS,
  EVALUATION_KIND_WORDS,
  FUND_SOURCE_WORDS,
  LEVEL_WORDS,
  PLAN_STATE_WORDS,
  RECOVERY_STATE_WORDS,
  RESULT_STATE_WORDS,
} from './words';

const OCCUPATION = { title: '职业', kind: 'occupation', filter: true } as const satisfies ListField;
const LEVEL = { title: '等级', kind: 'words', words: LEVEL_WORDS, filter: true } as const satisfies ListField;
const PLACE = { authority: AUTHORITY, area: AREA } as const;

export const PLANS = {
  name: 'plans',
  title: '考务计划',
  key: 'planId',
  sort: [{ field: 'planId', descending: false }],
  search: `计划编号、名称、${SEARCHES_INSTITUTIONS}`,
  fields: {
    planId: { title: '计划编号', kind: 'code', sort: true },
    name: { title: '名称', kind: 'text', filter: true },
    institution: INSTITUTION,
    institutionName: INSTITUTION_NAME,
    kind: { title: '评价类别', kind: 'words', words: EVALUATION_KIND_WORDS, filter: true },
    occupation: OCCUPATION,
    level: LEVEL,
    examDate: { title: '考试日期', kind: 'day', filter: true, sort: true },
    state: { title: '状态', kind: 'words', words: PLAN_STATE_WORDS, filter: true },
    ...PLACE,
  },
} as const satisfies ListSpec;

export const RESULTS = {
  name: 'results',
  title: '评价结果',
  key: 'resultId',
  sort: [{ field: 'resultId', descending: false }],
  search: `结果编号、${SEARCHES_INSTITUTIONS}`,
  fields: {
    resultId: { title: '结果编号', kind: 'code', sort: true },
    institution: INSTITUTION,
    institutionName: INSTITUTION_NAME,
    planId: { title: '计划编号', kind: 'code', filter: true, column: false },
    sessionId: { title: '场次编号', kind: 'code', filter: true },
    person: { title: '人员标识', kind: 'code', filter: true },
    occupation: OCCUPATION,
    level: LEVEL,
    examDate: { title: '考试日期', kind: 'day', filter: true, sort: true },
    theoryTenths: { title: '理论', kind: 'number', per: 10, filter: true },
    skillTenths: { title: '技能', kind: 'number', per: 10, filter: true },
    reviewTenths: { title: '综合评审', kind: 'number', per: 10, filter: true },
    passed: { title: '合格', kind: 'flag', filter: true },
    state: { title: '状态', kind: 'words', words: RESULT_STATE_WORDS, filter: true },
    ...PLACE,
  },
} as const satisfies ListSpec;

export const CERTIFICATES = {
  name: 'certificates',
  title: '证书',
  key: 'number',
  sort: [{ field: 'number', descending: false }],
  search: `证书编号、${SEARCHES_INSTITUTIONS}`,
  fields: {
    number: { title: '证书编号', kind: 'code', sort: true },
    institution: INSTITUTION,
    institutionName: INSTITUTION_NAME,
    planId: { title: '计划编号', kind: 'code', filter: true, column: false },
    sessionId: { title: '场次编号', kind: 'code', filter: true },
    person: { title: '人员标识', kind: 'code', filter: true },
    maskedName: { title: '姓名', kind: 'text' },
    occupation: OCCUPATION,
    level: LEVEL,
    examDate: { title: '考试日期', kind: 'day', filter: true, column: false },
    issuedOn: { title: '发证日期', kind: 'day', filter: true, sort: true },
    state: { title: '状态', kind: 'words', words: CERTIFICATE_STATE_WORDS, filter: true },
    voidedAt: { title: '作废时间', kind: 'instant', filter: true, column: false },
    voidedBy: { title: '作废依据', kind: 'code', filter: true, column: false },
    ...PLACE,
  },
} as const satisfies ListSpec;

export const PAYMENTS = {
  name: 'payments',
  title: '补贴发放',
  key: 'paymentId',
  sort: [{ field: 'paymentId', descending: false }],
  search: `发放编号、证书编号、${SEARCHES_INSTITUTIONS}`,
  fields: {
    paymentId: { title: '发放编号', kind: 'code', sort: true },
    certificateNumber: { title: '证书编号', kind: 'code', filter: true },
    institution: INSTITUTION,
    institutionName: INSTITUTION_NAME,
    person: { title: '人员标识', kind: 'code', filter: true },
    occupation: OCCUPATION,
    level: LEVEL,
    fen: { title: '金额', kind: 'fen', filter: true },
    fundSource: { title: '资金来源', kind: 'words', words: FUND_SOURCE_WORDS, filter: true },
    paidOn: { title: '发放日期', kind: 'day', filter: true, sort: true },
    ...PLACE,
  },
} as const satisfies ListSpec;

export const RECOVERIES = {
  name: 'recoveries',
  title: '补贴追缴',
  key: 'recoveryId',
  sort: [{ field: 'recoveryId', descending: false }],
  search: `追缴编号、发放编号、${SEARCHES_INSTITUTIONS}`,
  fields: {
    recoveryId: { title: '追缴编号', kind: 'code', sort: true },
    institution: INSTITUTION,
    institutionName: INSTITUTION_NAME,
    orderId: { title: '处理决定', kind: 'code', filter: true },
    paymentId: { title: '发放编号', kind: 'code', filter: true },
    debtor: { title: '被追缴人', kind: 'code', filter: true },
    fen: { title: '金额', kind: 'fen', filter: true, sort: true },
    fundSource: { title: '资金来源', kind: 'words', words: FUND_SOURCE_WORDS, filter: true },
    state: { title: '状态', kind: 'words', words: RECOVERY_STATE_WORDS, filter: true },
    openedAt: { title: '立案时间', kind: 'instant', filter: true, sort: true },
    revokedAt: { title: '撤销时间', kind: 'instant', filter: true, sort: true },
    ...PLACE,
  },
} as const satisfies ListSpec;
