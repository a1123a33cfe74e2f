// Refusals name a field and a rule in the words of the contracts; this module maps them to the words of the screens. A name without a word
// is not shown, because an English word on a Chinese screen helps nobody; the trace id leads to the details.
import { CLAUSES, NOTICE } from '@hengji/province';
import { REMEDY_RESULT_WORDS } from '@hengji/contracts/lists';
import { LIFT_GROUNDS, SERVICE_MODES, STAYED_BY } from './case-words';
import { MEASURES, SERVICES, VIOLATIONS } from './enforcement-words';
import { AGENCIES, MESSAGE_STATES, ROLES } from './field-words';

/** By the last name of the path, in the spelling of the contracts. */
const FIELDS: Readonly<Record<string, string>> = {
  institution: '评价机构',
  scope: '范围',
  plans: '计划编号',
  sessions: '场次编号',
  occupation_levels: '职业等级',
  persons: '人员标识',
  certificates: '证书编号',
  from: '考试日期自',
  until: '考试日期至',
  measures: '措施',
  grounds: '违规情形',
  ground: '依据',
  reason: '理由',
  rectify_by: '整改期限',
  urgency: '紧急理由',
  end_condition: '终止条件',
  supersedes: '取代的处理决定',
  title: '草稿名称',
  revision: '草稿版本',
  repeat_steps: '重新办理的步骤',
  case_id: '案件',
  order_id: '处理决定',
  id: '编号',
  officer_id: '操作人员',
  officer_ids: '承办人',
  post: '岗位',
  counterpart: '指定的主管部门',
  role: '角色',
  authority: '主管部门',
  actor: '操作人员',
  gates: '签发前的关口',
  rows: '台账行',
  row: '台账行',
  record_id: '记录编号',
  record: '记录编号',
  decision: '决定',
  step: '步骤',
  act_end: '违法行为终了',
  applicant: '申请人（原告）',
  body: '复议机关（法院）',
  body_no: '案号（文号）',
  received_on: '收到日期',
  follows: '前一程序',
  day: '发生日期',
  document_no: '文号',
  stayed_by: '停止执行的决定方',
  result: '结果',
  served_on: '送达日期',
  remedy_id: '复议、诉讼',
  text: '内容',
  attachment_ids: '附件',
  attachment_id: '附件',
  content: '附件内容',
  sha256: 'SHA-256',
  name: '文件名',
  mode: '送达方式',
  receiver: '收件人姓名',
  capacity: '签收人身份',
  servers: '送达人',
  credentials: '送达人执法证号',
  witness: '见证人',
  served_at: '送达时间',
  post_number: '邮件号',
  published_in: '公告载体',
  credential: '执法证号',
  no_interest: '无利害关系声明',
  waived: '放弃的权利',
  legal_findings: '审核事项',
  held_on: '讨论日期',
  participants: '参加人',
  conclusion: '讨论结论',
  officer_name: '申请回避的人员',
  kind: '种类',
  source: '线索来源',
  summary: '线索内容',
  note: '办结情况',
  document_id: '文书',
  message_id: '报文',
  state: '状态',
  number: '证书编号',
  code: '机构代码',
  search: '查找内容',
  limit: '每页条数',
  after: '翻页位置',
  passed: '复查结论',
  seen: '查看过的变化',
  facts: '事实',
  reasons: '说理',
  mask: '遮蔽的词语',
  not_names: '不是姓名的词语',
  left_out: '不予公开的部分',
  left_out_reason: '不予公开的理由',
  notice_id: '公示',
  page: '页',
  topic: '主题',
  key: '键（机构）',
  service: '服务',
};

/** Clauses of the notice (N…) and of our own rules by their numbers, each with its subject. */
const RULES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(CLAUSES).map(([id, subject]) => [id, `${NOTICE}${subject}`])),
  'rules §7.9': '案件办理与管辖规则',
  'rules §7.5': '案件程序规则',
  'rules §10.2': '个人信息保护规则',
  'rules §7.1 M6': '限期整改规则',
  'rules §7.10 D-ENFORCE-*': '期限规则',
  'rules §5.1': '考务流程',
  'rules §5.4': '考试组成与合格标准',
  'rules §6.2': '补贴标准',
  'rules §4.3': '评价类别规则',
  invalid_type: '格式不符',
  invalid_value: '不在可选范围内',
  invalid_format: '格式不符',
  too_small: '过短或过少',
  too_big: '过长或过多',
  unknown_field: '未知字段',
};

const measureWords = Object.fromEntries(Object.entries(MEASURES).map(([word, { label }]) => [word, label]));
/** Words of closed lists, which a refusal joins by bars. */
const WORDS: Readonly<Record<string, string>> = {
  ...{ ...ROLES, ...LIFT_GROUNDS, ...SERVICE_MODES, ...measureWords, ...VIOLATIONS, ...AGENCIES, ...MESSAGE_STATES, ...SERVICES },
  ...{ ...REMEDY_RESULT_WORDS, ...STAYED_BY },
};

const isChinese = (text: string): boolean => /\p{Script=Han}/u.test(text);
const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** `scope.persons[2]` → 人员标识第3项; undefined when the field has no word. */
export const fieldWord = (field: string | undefined): string | undefined => {
  const parts = (field ?? '').split('.').map((part) => /^([^[]*)(?:\[(\d+)\])?$/.exec(part));
  // gates.PUBLISHED maps to the gates: the last name that has a word.
  const known = parts.findLast((part) => part !== null && FIELDS[snake(part[1] ?? '')] !== undefined);
  if (!known) return undefined;
  const place = known[2] === undefined ? '' : `第${Number(known[2]) + 1}项`;
  return `${FIELDS[snake(known[1] ?? '')] ?? ''}${place}`;
};

/** 服务暂不可用:subsidy → 服务暂不可用：补贴. Services name other services by their English names. */
export const titleWord = (title: string): string =>
  title.replace(/:([a-z]+)$/, (whole, name: string) => (SERVICES[name] === undefined ? whole : `：${SERVICES[name]}`));

export const ruleWord = (rule: string | undefined): string | undefined => {
  if (rule === undefined || rule === '') return undefined;
  if (RULES[rule] !== undefined) return RULES[rule];
  const words = rule.split(' | ').map((word) => WORDS[word]);
  if (words.every((word) => word !== undefined)) return words.join('、');
  return isChinese(rule) || /^GB[ /]/.test(rule) ? rule : undefined;
};
