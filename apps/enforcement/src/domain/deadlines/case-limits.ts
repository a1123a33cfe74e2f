// Limits of a case: penalty, transfer, remedies (rules §7.10), and those that the rules leave to us.
import { before, days, hours, months, wd, years, type DeadlineRule } from './rule';

export const PENALTY = {
  'D-PEN-EVIDENCE': {
    title: '先行登记保存证据的处理',
    trigger: '登记保存',
    limit: wd(7),
    basis: '行政处罚法第五十六条、第八十五条',
    owner: 'authority',
  },
  'D-PEN-HEARING-ASK': {
    title: '申请听证',
    trigger: '送达告知书',
    limit: wd(5),
    basis: '行政处罚法第六十四条、第八十五条',
    owner: 'party',
  },
  'D-PEN-HEARING-NOTICE': {
    title: '听证通知',
    trigger: '听证举行前',
    limit: before(wd(7)),
    lead: wd(3),
    basis: '行政处罚法第六十四条、第八十五条',
    owner: 'authority',
  },
  'D-PEN-DECIDE': {
    title: '作出行政处罚决定',
    trigger: '行政处罚立案',
    limit: days(90),
    lead: days(15),
    basis: '行政处罚法第六十条',
    owner: 'authority',
  },
  'D-PEN-SERVE': {
    title: '送达决定书',
    trigger: '作出决定',
    limit: wd(7),
    lead: wd(2),
    basis: '行政处罚法第六十一条、第八十五条',
    owner: 'authority',
  },
  'D-PEN-PAY': { title: '缴纳罚款', trigger: '送达处罚决定', limit: days(15), basis: '行政处罚法第六十七条', owner: 'party' },
  'D-PEN-LIMIT': {
    title: '追责时效',
    trigger: '违法行为终了',
    limit: years(2),
    extension: 3,
    lead: months(3),
    basis: '行政处罚法第三十六条',
    owner: 'authority',
  },
  'D-PEN-WITHDRAW-PUB': {
    title: '撤回公开的决定信息',
    trigger: '决定变更或者撤销',
    limit: wd(3),
    basis: '行政处罚法第四十八条、第八十五条',
    owner: 'authority',
  },
} as const satisfies Record<string, DeadlineRule>;

// 310号令 does not say working days; counting calendar days is stricter (rules §7.6).
export const TRANSFER = {
  'D-TRANSFER-APPROVE': {
    title: '移送审批',
    trigger: '提交移送书面报告',
    limit: days(3),
    basis: '国务院令第310号第五条',
    owner: 'authority',
  },
  'D-TRANSFER-SEND': { title: '向公安机关移送', trigger: '批准移送', limit: hours(24), basis: '国务院令第310号第五条', owner: 'authority' },
  'D-TRANSFER-RECEIPT-FWD': { title: '公安机关转送', trigger: '受理', limit: hours(24), basis: '国务院令第310号第七条', owner: 'police' },
  'D-TRANSFER-DECIDE': { title: '公安机关立案审查', trigger: '受理移送', limit: days(3), basis: '国务院令第310号第八条', owner: 'police' },
  'D-TRANSFER-RECONSIDER': {
    title: '提请复议或者建议立案监督',
    trigger: '收到不予立案通知',
    limit: days(3),
    basis: '国务院令第310号第九条',
    owner: 'authority',
  },
  'D-TRANSFER-RECON-DECIDE': {
    title: '公安机关复议决定',
    trigger: '提请复议',
    limit: days(3),
    basis: '国务院令第310号第九条',
    owner: 'police',
  },
  'D-TRANSFER-PROSEC': {
    title: '建议检察院立案监督',
    trigger: '收到复议决定',
    limit: days(3),
    basis: '国务院令第310号第九条',
    owner: 'authority',
  },
  'D-TRANSFER-EXHIBIT': {
    title: '移交涉案物品',
    trigger: '收到立案通知',
    limit: days(3),
    basis: '国务院令第310号第十二条',
    owner: 'authority',
  },
} as const satisfies Record<string, DeadlineRule>;

export const REMEDIES = {
  'D-RECON': { title: '申请行政复议', trigger: '知道决定', limit: days(60), lead: days(10), basis: '行政复议法第二十条', owner: 'party' },
  'D-LITIG': {
    title: '提起行政诉讼',
    trigger: '知道决定',
    limit: months(6),
    lead: days(15),
    basis: '行政诉讼法第四十六条',
    owner: 'party',
  },
  'D-LITIG-AFTER': { title: '复议后提起行政诉讼', trigger: '收到复议决定', limit: days(15), basis: '行政诉讼法第四十五条', owner: 'party' },
  'D-ENFORCE-DEMAND': { title: '催告履行', trigger: '送达催告书', limit: days(10), basis: '行政强制法第五十四条', owner: 'party' },
  'D-ENFORCE-APPLY': {
    title: '申请法院强制执行',
    trigger: '复议、诉讼期限届满',
    limit: months(3),
    lead: days(30),
    basis: '行政强制法第五十三条',
    owner: 'authority',
  },
  'D-NOTICE-PUBLIC': {
    title: '公告送达',
    trigger: '发布公告',
    limit: days(30),
    lead: days(3),
    basis: '民事诉讼法第九十五条',
    owner: 'party',
  },
} as const satisfies Record<string, DeadlineRule>;

/** What the rules leave to us for the measures M1 to M7 (rules §7.5, §7.9), and what an order names itself. */
export const OURS = {
  'D-CASE-REPLY': {
    title: '陈述申辩',
    trigger: '送达告知书',
    limit: wd(3),
    lead: wd(1),
    basis: '行政处罚法第四十四条、第四十五条',
    owner: 'party',
  },
  'D-RECTIFY': { title: '限期整改', trigger: '处理决定生效', lead: wd(5), basis: '处理决定载明的期限', owner: 'party' },
  'D-RECTIFY-CHECK': {
    title: '整改复查',
    trigger: '提交整改材料',
    limit: wd(10),
    lead: wd(3),
    basis: '专项整治通知（五）',
    owner: 'authority',
  },
  'D-FOLLOW-CANDIDATES': {
    title: '在考考生安置',
    trigger: '移出目录',
    limit: wd(10),
    lead: wd(3),
    basis: '专项整治通知（五）',
    owner: 'authority',
  },
  'D-FOLLOW-ARCHIVES': {
    title: '评价档案移交',
    trigger: '移出目录',
    limit: wd(20),
    lead: wd(5),
    basis: '专项整治通知（五）',
    owner: 'authority',
  },
  'D-FOLLOW-FEES': {
    title: '评价费用清退',
    trigger: '移出目录',
    limit: wd(20),
    lead: wd(5),
    basis: '专项整治通知（五）',
    owner: 'authority',
  },
  'D-FOLLOW-REGISTERS': {
    title: '备案台账核销',
    trigger: '移出目录',
    limit: wd(5),
    lead: wd(2),
    basis: '专项整治通知（五）',
    owner: 'authority',
  },
} as const satisfies Record<string, DeadlineRule>;
