// The law's Chinese words for what the contracts name in English, one closed table per enum: a new measure or effect
// does not compile until someone says what officers call it.
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
} as const satisfies Record<Known<Answers['Violation']>, string>;

export const ORDER_PHASES = {
  DRAFTED: { label: '草稿', color: 'default' },
  AWAITING_SIGNATURE: { label: '已预览，待签发', color: 'processing' },
  FENCING: { label: '已签发，围栏中', color: 'warning' },
  EXECUTING: { label: '执行中', color: 'warning' },
  COUNTING: { label: '核对残留', color: 'warning' },
  SUSPENDED: { label: '停止执行', color: 'error' },
  REOPENED: { label: '已重新打开', color: 'error' },
  COMPLETED: { label: '执行完毕', color: 'success' },
  LIFTING: { label: '解除中', color: 'warning' },
  LIFTED: { label: '已解除', color: 'default' },
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

export const SERVICES: Readonly<Record<string, string>> = {
  approval: '备案',
  exam: '考务',
  certificate: '证书',
  subsidy: '补贴',
  exchange: '交换',
  enforcement: '执法',
};

const EFFECTS = {
  HOLD_FILING: '暂停备案',
  PUBLISH_NOTICE: '发布作废公告',
  SHOW_RECTIFICATION: '公示限期整改',
  REMOVE_FILING: '移出目录',
  HOLD_PLANS: '暂停计划与场次',
  CANCEL_RESULTS: '取消评价结果',
  CLOSE_PLANS: '终止未完成计划',
  HOLD_ISSUING: '停止核发与上传',
  VOID_CERTIFICATES: '证书作废',
  HOLD_PAYMENTS: '暂停发放补贴',
  OPEN_RECOVERIES: '立追缴单',
  WITHDRAW_UPLOADS: '撤回部平台数据',
  NOTIFY_POLICE: '通报公安',
  NOTIFY_MARKET_REGULATOR: '通报市场监管',
  TRANSFER_TO_DISCIPLINE: '向纪检监察移交材料',
  TRANSFER_TO_POLICE: '向公安移送材料',
} as const satisfies Record<
  Known<
    Answers['ApprovalEffect'] | Answers['ExamEffect'] | Answers['CertificateEffect'] | Answers['SubsidyEffect'] | Answers['ExchangeEffect']
  >,
  string
>;

/** What a row asks, in words; the undo of an effect says so. */
export const effectLabel = (ask: Answers['RowAsk'] | undefined): string => {
  const value = ask?.effect?.value;
  const label = value === undefined || value === 'UNSPECIFIED' ? '—' : EFFECTS[value];
  return ask?.undo === true ? `恢复：${label}` : label;
};
