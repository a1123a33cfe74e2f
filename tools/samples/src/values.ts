// What a sample says in each field, by the field's name in proto/ (or Message.field where one name means two things): values of the right shape, none of them about a real
// institution or person. A name that is not here stops the script, so that nobody releases a sample full of nonsense.

export const INSTITUTION = 'S000021010003';
const DAY = '2026-11-03';
const RFC_3339 = '2026-11-03T01:02:03.004Z';

export const VALUES: Readonly<Record<string, string>> = {
  'OrderLifted.reason': '复议撤销',
  'PackageItem.name': '移送书（辽人社鉴移〔2026〕1号）',
  'Plan.name': '2026年第1批认定计划',
  'TransferDecided.reason': '没有犯罪事实',
  area: '210102',
  attachment_id: 'attachment-1',
  authority: '2101',
  certificates: `${INSTITUTION}263000001`,
  code: INSTITUTION,
  codes: 'M-4013',
  date: DAY,
  decision_no: '沈公立〔2026〕9号',
  detail: '超过签发数量',
  document_id: 'document-1',
  document_no: '辽人社鉴处〔2026〕3号',
  exam_date: DAY,
  from: '2026-01-01',
  held_by: 'order-9',
  institution: INSTITUTION,
  institution_name: '沈阳匠心职业技能评价中心(示例)',
  issued_on: '2026-11-24',
  level: '3',
  levels: '3',
  masked_name: '张*',
  media_type: 'application/pdf',
  name: '沈阳匠心职业技能评价中心(示例)',
  notice_id: 'notice-1',
  number: `${INSTITUTION}263000001`,
  numbers: `${INSTITUTION}263000001`,
  occupation: '6-31-01-03',
  order_id: 'order-1',
  payment_ids: 'payment-1',
  person: '0123456789abcdef0123456789abcdef',
  persons: '0123456789abcdef0123456789abcdef',
  placed_at: RFC_3339,
  plan_id: 'plan-1',
  plan_ids: 'plan-1',
  plans: 'plan-1',
  published_at: RFC_3339,
  reason: 'order.more_than_signed',
  receipt_no: 'GA-2026-000001',
  rectify_by: '2026-12-03',
  removed_by: 'order-8',
  result_ids: 'result-1',
  service: 'exam',
  session_id: 'session-1',
  sessions: 'session-1',
  title: '关于证书作废的公告',
  until: '2026-12-31',
  uscc: '52210200MJ3123451D',
  valid_from: '2024-01-01',
  valid_until: '2027-12-31',
  venue: '第1考场',
  withdrawn_at: RFC_3339,
};

/** Numbers that mean a position or a limit; every other number is 7. */
export const NUMBERS: Readonly<Record<string, number>> = { row: 1, after_row: 1, undoes_row: 1, within_minutes: 15, epoch: 3 };
export const ANY_NUMBER = 7;
export const INSTANT = RFC_3339;
