// The words that documents write for codes: measures, violations, authorities, ways of service. The law's own terms.
import { findAuthority, PROVINCE, type Authority } from '@hengji/province';
import type { Measure } from '../cascade';
import type { DocumentKind, ServiceMode } from '../cases/case';
import type { LiftGround, Violation } from '../order';

export const MEASURES_ZH = {
  STOP_EVALUATION: '立即停止评价有关工作',
  CANCEL_RESULTS: '取消评价结果',
  VOID_CERTIFICATES: '宣布证书作废',
  WITHDRAW_UPLOADS: '撤销上传证书数据',
  RECOVER_SUBSIDIES: '追回相应补贴资金',
  RECTIFY: '责令限期整改',
  REMOVE_FROM_DIRECTORY: '移出职业技能评价机构目录',
  TRANSFER_TO_DISCIPLINE: '移交有关部门处理',
  TRANSFER_TO_POLICE: '移交公安机关处理',
} as const satisfies Record<Measure, string>;

export const VIOLATIONS_ZH = {
  STANDARD_NOT_FOLLOWED: '不严格执行国家职业标准或者评价规范',
  LAX_ELIGIBILITY_CHECK: '不严格审核报考条件',
  FORGED_ELIGIBILITY: '伪造报名资格',
  FORGED_PAPERS: '伪造试卷',
  FABRICATED_MATERIALS: '编造虚假资料',
  CERTIFICATES_WITHOUT_EXAM: '不考试就发证',
  CERTIFICATES_TRADED: '滥发倒卖证书',
} as const satisfies Record<Violation, string>;

export const MODES_ZH = {
  IN_PERSON: '当面送达',
  LEFT: '留置送达',
  POST: '邮寄送达',
  ELECTRONIC: '电子送达（凭送达地址确认书）',
  PUBLIC_NOTICE: '公告送达（自公告之日起满三十日视为送达）',
} as const satisfies Record<ServiceMode, string>;

export const LIFT_GROUNDS_ZH = {
  RECONSIDERATION: '行政复议决定',
  COURT: '人民法院裁判',
  SELF_CORRECTION: '自行纠正',
  CONDITION_MET: '整改复查合格或者解除条件成就',
  SUPERSEDED: '新的处理决定',
} as const satisfies Record<LiftGround, string>;

/** Title of the kind, and the word of its number (〔year〕). */
export const KINDS_ZH = {
  NOTICE: { title: '处理事先告知书', series: 'notice' },
  DECISION: { title: '处理决定书', series: 'order' },
  RECTIFICATION: { title: '责令限期整改通知书', series: 'rectification' },
  TRANSFER: { title: '涉嫌违法犯罪案件移送书', series: 'transfer' },
  RECOVERY: { title: '补贴资金追缴通知书', series: 'recovery' },
  DEMAND: { title: '履行处理决定催告书', series: 'demand' },
  SERVICE_RECEIPT: { title: '送达回证', series: 'serviceReceipt' },
  LIFTING: { title: '解除处理决定书', series: 'lifting' },
} as const satisfies Record<DocumentKind, { title: string; series: string }>;

const authorityOf = (authority: string): Authority => {
  const found = findAuthority(authority);
  if (!found) throw new Error(`no authority ${authority}`);
  return found;
};

export const authorityName = (authority: string): string => authorityOf(authority).name;
export const policeName = (authority: string): string =>
  authority === PROVINCE ? '辽宁省公安厅' : `${authorityOf(authority).territory}公安局`;
export const supervisionName = (authority: string): string => `${authorityOf(authority).territory}监察委员会`;
/** Whom an objector turns to: the government of the authority's level (行政复议法 §24). */
export const reconsiderationBody = (authority: string): string =>
  authority === PROVINCE ? '辽宁省人民政府' : `${authorityOf(authority).territory.replace('沈抚改革创新示范区', '辽宁省')}人民政府`;

/** 2026年11月23日 */
export const dateZh = (day: string): string => {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
};

const NUMERALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'] as const;

/** （一）first；（二）second。 */
export const listed = (items: readonly string[]): string => items.map((item, i) => `（${NUMERALS[i] ?? i + 1}）${item}`).join('；');
