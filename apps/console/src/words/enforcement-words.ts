// The law's Chinese words for the English names of the contracts, one closed table per enum: a new measure or effect does not compile
// without its Chinese word.
import { ACTING_WORDS, ORDER_PHASE_WORDS } from '@hengji/contracts/lists';
import type { Answers } from '../http';

type Known<T extends string> = Exclude<T, 'UNSPECIFIED'>;

export const MEASURES = {
  STOP_EVALUATION: { code: 'M1', label: '立即停止评价', needs: [] },
  CANCEL_RESULTS: { code: 'M2', label: '取消评价结果', needs: [] },
  VOID_CERTIFICATES: { code: 'M3', label: '宣布证书作废', needs: ['CANCEL_RESULTS'] },
  WITHDRAW_UPLOADS: { code: 'M4', label: '撤销上传证书数据', needs: ['VOID_CERTIFICATES'] },
  RECOVER_SUBSIDIES: { code: 'M5', label: '追回补贴资金', needs: ['VOID_CERTIFICATES'] },
  RECTIFY: { code: 'M6', label: '责令限期整改', needs: [] },
  REMOVE_FROM_DIRECTORY: { code: 'M7', label: '移出评价机构目录', needs: [] },
  TRANSFER_TO_DISCIPLINE: { code: 'M8', label: '移交有关部门', needs: [] },
  TRANSFER_TO_POLICE: { code: 'M9', label: '移交公安机关', needs: [] },
} as const satisfies Record<Known<Answers['Measure']>, { code: string; label: string; needs: readonly Known<Answers['Measure']>[] }>;

export const VIOLATIONS = {
  STANDARD_NOT_FOLLOWED: 'V1 不严格执行国家职业标准或评价规范',
  LAX_ELIGIBILITY_CHECK: 'V2 不严格审核报考条件',
  FORGED_ELIGIBILITY: 'V3 伪造报名资格',
  FORGED_PAPERS: 'V4 伪造试卷',
  FABRICATED_MATERIALS: 'V5 编造虚假资料',
  CERTIFICATES_WITHOUT_EXAM: 'V6 不考试就发证',
  CERTIFICATES_TRADED: 'V7 滥发倒卖证书',
  FILING_CONDITIONS_NOT_MET: 'S1 遴选备案条件不合格',
  OUT_OF_SCOPE: 'S2 超范围开展评价',
  BEYOND_EMPLOYER_SIZE: 'S3 超过本单位用人规模开展认定',
  PERSONS_OUTSIDE_UNIT: 'S4 面向单位以外人员开展认定',
  REPORTED_ISSUES: 'S5 媒体、投诉举报、巡视审计、提示单指出的问题',
} as const satisfies Record<Known<Answers['Violation']>, string>;

export const ORDER_PHASES = {
  DRAFTED: { label: ORDER_PHASE_WORDS.DRAFTED, color: 'default' },
  AWAITING_SIGNATURE: { label: ORDER_PHASE_WORDS.AWAITING_SIGNATURE, color: 'processing' },
  FENCING: { label: ORDER_PHASE_WORDS.FENCING, color: 'warning' },
  EXECUTING: { label: ORDER_PHASE_WORDS.EXECUTING, color: 'warning' },
  COUNTING: { label: ORDER_PHASE_WORDS.COUNTING, color: 'warning' },
  SUSPENDED: { label: ORDER_PHASE_WORDS.SUSPENDED, color: 'error' },
  REOPENED: { label: ORDER_PHASE_WORDS.REOPENED, color: 'error' },
  COMPLETED: { label: ORDER_PHASE_WORDS.COMPLETED, color: 'success' },
  LIFTING: { label: ORDER_PHASE_WORDS.LIFTING, color: 'warning' },
  LIFTED: { label: ORDER_PHASE_WORDS.LIFTED, color: 'default' },
  DISCARDED: { label: ORDER_PHASE_WORDS.DISCARDED, color: 'default' },
} as const satisfies Record<Known<Answers['OrderPhase']>, { label: string; color: string }>;

export const ROW_STATES = {
  WAITING: { label: '等待前一行', color: 'default' },
  ASKED: { label: '执行中', color: 'processing' },
  DONE: { label: '已执行', color: 'success' },
  REFUSED: { label: '被拒', color: 'error' },
} as const satisfies Record<Known<Answers['RowState']>, { label: string; color: string }>;

/** Cross-checks of enforcement's table, in words. */
export const CROSS_CHECKS: Readonly<Record<string, string>> = {
  CANCELLED_RESULT_VALID_CERTIFICATE: '已取消的结果不得有有效证书',
  VOID_CERTIFICATE_STANDING_RESULT: '已作废的证书不得有有效结果',
  VOID_CERTIFICATE_STANDING_UPLOAD: '已作废的证书不得仍在部平台',
  VOID_CERTIFICATE_PAYMENT_WITHOUT_RECOVERY: '已作废证书的补贴都应立追缴单',
  REMOVED_FILING_OPEN_PLAN: '已移出目录的机构不得有未终止的计划',
};

/** The names of the services, as in the list of acts. */
export const SERVICES: Readonly<Record<string, string>> = ACTING_WORDS;
