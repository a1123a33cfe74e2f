// The Chinese terms for codes in documents: measures, violations, grounds of a lifting, receiving bodies. The terms are those
// of the law.
import { dateInWords, findAuthority, NOTICE, NOTICE_ISSUED, PROVINCE } from '@hengji/province';
import type { Measure } from '../cascade';
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
  FILING_CONDITIONS_NOT_MET: '遴选备案条件不合格',
  OUT_OF_SCOPE: '超范围开展评价',
  BEYOND_EMPLOYER_SIZE: '超过本单位用人规模开展认定',
  PERSONS_OUTSIDE_UNIT: '面向单位以外人员开展认定',
  REPORTED_ISSUES: '媒体报道、投诉举报、巡视巡察审计、提示单指出的问题',
} as const satisfies Record<Violation, string>;

/** The item of the notice that names the ground: V1..V7 are in item （五）, S1..S5 in item （六） (rules §7.1). */
const ITEM_OF = {
  STANDARD_NOT_FOLLOWED: '（五）',
  LAX_ELIGIBILITY_CHECK: '（五）',
  FORGED_ELIGIBILITY: '（五）',
  FORGED_PAPERS: '（五）',
  FABRICATED_MATERIALS: '（五）',
  CERTIFICATES_WITHOUT_EXAM: '（五）',
  CERTIFICATES_TRADED: '（五）',
  FILING_CONDITIONS_NOT_MET: '（六）',
  OUT_OF_SCOPE: '（六）',
  BEYOND_EMPLOYER_SIZE: '（六）',
  PERSONS_OUTSIDE_UNIT: '（六）',
  REPORTED_ISSUES: '（六）',
} as const satisfies Record<Violation, string>;

/** The basis of a decision on these grounds, with the items as the notice numbers them: 三、（五）, 三、（六）, 三、（五）和（六）. */
export const basisInWords = (grounds: readonly Violation[]): string =>
  `${NOTICE}（${NOTICE_ISSUED}）三、${['（五）', '（六）'].filter((item) => grounds.some((ground) => ITEM_OF[ground] === item)).join('和')}`;

export const LIFT_GROUNDS_ZH = {
  RECONSIDERATION: '行政复议决定',
  COURT: '人民法院裁判',
  SELF_CORRECTION: '自行纠正',
  CONDITION_MET: '整改复查合格或者解除条件成就',
  SUPERSEDED: '新的处理决定',
} as const satisfies Record<LiftGround, string>;

/** The measure as documents write it; a rectification with its day. */
export const measureInWords = (measure: Measure, rectifyBy: string): string =>
  measure === 'RECTIFY' && rectifyBy !== '' ? `${MEASURES_ZH[measure]}（${dateInWords(rectifyBy)}前完成）` : MEASURES_ZH[measure];

const territoryOf = (authority: string): string => {
  const found = findAuthority(authority);
  if (!found) throw new Error(`no authority ${authority}`);
  return found.territory;
};

export const policeName = (authority: string): string => (authority === PROVINCE ? '辽宁省公安厅' : `${territoryOf(authority)}公安局`);
export const supervisionName = (authority: string): string => `${territoryOf(authority)}监察委员会`;
