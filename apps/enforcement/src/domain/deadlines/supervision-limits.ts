// Limits of filing, exams, supervision and records: the rows of rules §7.10 that no case starts. They are in the registry so
// that one place has every amount and ground.
import { NOTICE } from '@hengji/province';
import { before, days, months, wd, years, type DeadlineRule } from './rule';

export const FILING = {
  'D-SEED-START': { title: '评价活动筛查比对', trigger: '通知印发', limit: days(15), basis: `${NOTICE}三、（六）`, owner: 'authority' },
  'D-SEED-REPORT': { title: '筛查比对情况报送', trigger: '固定日期', on: '2024-10-15', basis: `${NOTICE}三、（六）`, owner: 'authority' },
  'D-FIL-CORRECT': {
    title: '备案材料补正告知',
    trigger: '收到申请',
    limit: wd(5),
    basis: '参照行政许可法第三十二条',
    owner: 'authority',
    bound: 'atMost',
  },
  'D-FIL-REVIEW': {
    title: '备案审核',
    trigger: '受理',
    limit: wd(20),
    extension: 10,
    basis: '参照行政许可法第四十二条',
    owner: 'authority',
    bound: 'atMost',
  },
  'D-FIL-PUBLICITY': { title: '备案公示', trigger: '审核通过', limit: wd(5), basis: '平台规则', owner: 'authority' },
  'D-FIL-VALID': { title: '备案有效期', trigger: '公布', limit: years(3), lead: months(3), basis: '平台规则', owner: 'party' },
  'D-FIL-RENEW': {
    title: '备案延续申请',
    trigger: '有效期届满前',
    limit: before(days(30)),
    lead: days(30),
    basis: '参照行政许可法第五十条',
    owner: 'party',
  },
} as const satisfies Record<string, DeadlineRule>;

export const EXAMS = {
  'D-PLAN-LEAD': { title: '评价计划提前报送', trigger: '考试前', limit: before(wd(7)), lead: wd(3), basis: '平台规则', owner: 'party' },
  'D-RESULT-EMP': { title: '用人单位上报评价结果', trigger: '考试结束', limit: wd(10), basis: '平台规则', owner: 'party' },
  'D-RESULT-SOC': { title: '社会培训评价组织上报评价结果', trigger: '考试结束', limit: wd(5), basis: '平台规则', owner: 'party' },
  'D-RESULT-CHECK': { title: '评价结果审核', trigger: '收到评价结果', limit: wd(5), basis: '平台规则', owner: 'authority' },
  'D-SCORE-PUBLICITY': { title: '成绩公示', trigger: '结果审核通过', limit: wd(5), basis: '平台规则', owner: 'party' },
  'D-CERT-REPORT': { title: '证书数据上报', trigger: '公示结束', limit: wd(10), basis: '平台规则', owner: 'party' },
  'D-ARCHIVE-PAPER': {
    title: '纸质档案保存',
    trigger: '批次结束',
    limit: years(3),
    lead: months(1),
    basis: '平台规则',
    owner: 'keeper',
  },
  'D-ARCHIVE-ELEC': {
    title: '电子档案保存',
    trigger: '批次结束',
    limit: years(5),
    lead: months(1),
    basis: '平台规则',
    owner: 'keeper',
  },
  'D-SUBSIDY-APPLY': {
    title: '申领技能提升补贴',
    trigger: '证书核发',
    limit: months(12),
    lead: months(1),
    basis: '人社部发〔2017〕40号',
    owner: 'party',
  },
} as const satisfies Record<string, DeadlineRule>;

export const SUPERVISION = {
  'D-RANDOM-PUBLISH': { title: '双随机抽查结果公示', trigger: '检查完成', limit: wd(20), basis: '平台规则', owner: 'authority' },
  'D-PETITION-ACCEPT': {
    title: '信访受理',
    trigger: '收到信访事项',
    limit: days(15),
    basis: '信访工作条例',
    owner: 'authority',
    bound: 'atMost',
  },
  'D-PETITION-FINISH': { title: '信访办结', trigger: '受理', limit: days(60), basis: '信访工作条例', owner: 'authority', bound: 'atMost' },
  'D-PETITION-EXTEND': {
    title: '信访延期办结',
    trigger: '批准延期',
    limit: days(30),
    basis: '信访工作条例',
    owner: 'authority',
    bound: 'atMost',
  },
  'D-SAMR-ACCEPT': {
    title: '投诉受理',
    trigger: '收到投诉',
    limit: wd(7),
    basis: '市场监督管理投诉举报处理暂行办法',
    owner: 'authority',
    bound: 'atMost',
  },
  'D-SAMR-MEDIATE': {
    title: '投诉调解',
    trigger: '受理投诉',
    limit: wd(45),
    basis: '市场监督管理投诉举报处理暂行办法',
    owner: 'authority',
    bound: 'atMost',
  },
  'D-SAMR-VERIFY': {
    title: '举报核查',
    trigger: '发现线索',
    limit: wd(15),
    extension: 15,
    basis: '市场监督管理行政处罚程序规定第十八条',
    owner: 'authority',
    bound: 'atMost',
  },
  'D-SIFUND-EXAMINE': {
    title: '基金举报审查',
    trigger: '收到举报',
    limit: wd(5),
    basis: '社会保险基金监督举报工作管理办法',
    owner: 'authority',
    bound: 'atMost',
  },
  'D-SIFUND-TELL': {
    title: '基金举报受理告知',
    trigger: '收到举报',
    limit: wd(10),
    basis: '社会保险基金监督举报工作管理办法',
    owner: 'authority',
    bound: 'atMost',
  },
} as const satisfies Record<string, DeadlineRule>;

export const RECORDS = {
  'D-PIA-KEEP': {
    title: '个人信息保护影响评估报告保存',
    trigger: '报告形成',
    limit: years(3),
    lead: months(1),
    basis: '个人信息保护法第五十六条',
    owner: 'keeper',
  },
  'D-LOG-KEEP': {
    title: '网络日志保存',
    trigger: '日志形成',
    limit: months(6),
    lead: days(7),
    basis: '网络安全法第二十一条',
    owner: 'keeper',
  },
} as const satisfies Record<string, DeadlineRule>;
