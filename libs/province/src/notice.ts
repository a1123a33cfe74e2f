// The clauses of the notice on the supervision of skill evaluation (职业技能评价监管的通知) by their ids, each with its subject in our own
// words. Refusals and comments cite a clause by its id. docs/CLAUSES.md names what serves each clause.

/** Sections of the notice that have a number: 二（一） to （三）, 三（四） to （七）. */
export const NOTICE_SECTIONS = ['二（一）', '二（二）', '二（三）', '三（四）', '三（五）', '三（六）', '三（七）'] as const;

export const CLAUSES = {
  N1: '通知一 主体责任',
  'N2.1a': '通知二（一）线上申报与线下核查',
  'N2.1b': '通知二（一）受理、评审公示与复核认定',
  'N2.1c': '通知二（一）及时公开',
  'N2.1d': '通知二（一）防止利用审批权违纪违法',
  'N2.1e': '通知二（一）带病上报',
  'N2.1f': '通知二（一）规划布局',
  'N2.1g': '通知二（一）行政效率',
  'N2.2a': '通知二（二）三类评价',
  'N2.2b': '通知二（二）用人单位与社会评价组织',
  'N2.2c': '通知二（二）专项职业能力考核',
  'N2.2d': '通知二（二）职业标准与评价规范',
  'N2.3a': '通知二（三）备案范围',
  'N2.3b': '通知二（三）谁认定、谁发证、谁负责',
  'N2.3c': '通知二（三）五项管理办法',
  'N2.3d': '通知二（三）考评人员、场地与保密',
  'N2.3e': '通知二（三）可追溯、可倒查',
  'N3.4': '通知三（四）谁备案谁监管、谁遴选谁监管',
  'N3.5a': '通知三（五）属地开展',
  'N3.5b': '通知三（五）七类违规情形',
  'N3.5c': '通知三（五）处理措施',
  'N3.5d': '通知三（五）后续工作',
  'N3.5e': '通知三（五）移交',
  'N3.6a': '通知三（六）全覆盖筛查',
  'N3.6b': '通知三（六）重点内容',
  'N3.6c': '通知三（六）用人单位评价',
  'N3.6d': '通知三（六）投诉、巡视、审计与提示单',
  'N3.6e': '通知三（六）筛查报告',
  'N3.6f': '通知三（六）省本级机构',
  'N3.7a': '通知三（七）两个平台',
  'N3.7b': '通知三（七）逢考必录',
  'N3.7c': '通知三（七）省级集中',
  'N3.7d': '通知三（七）互联互通',
  'N3.7e': '通知三（七）比对、远程监控与预警',
  N4a: '通知四 监管方式',
  N4b: '通知四 常态化摸排',
  N4c: '通知四 监管人员问责',
  N4d: '通知四 风险防控',
  N4e: '通知附件 自查问题台账',
} as const satisfies Record<`N${string}`, string>;
export type ClauseId = keyof typeof CLAUSES;
