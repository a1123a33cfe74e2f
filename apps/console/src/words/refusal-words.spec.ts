import { fieldWord, ruleWord, titleWord } from './refusal-words';

describe('the words of a refusal', () => {
  it.each([
    ['actor.officer_id', '操作人员'],
    ['scope.persons[2]', '人员标识第3项'],
    ['rectifyBy', '整改期限'],
    ['measures[0]', '措施第1项'],
    ['gates.PUBLISHED', '签发前的关口'],
    ['rows[4]', '台账行第5项'],
    ['X-Hengji-Csrf', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('field %s: %s', (field, word) => expect(fieldWord(field)).toBe(word));

  it.each([
    ['rules §7.9', '案件办理与管辖规则'],
    ['PROVINCE_OFFICER | CITY_OFFICER', '省级经办人员、市级经办人员'],
    ['行政处罚法第五十九条', '行政处罚法第五十九条'],
    ['GB 11643-1999', 'GB 11643-1999'],
    ['exam.v1.ImportedResult', undefined],
    ['', undefined],
  ])('rule %s: %s', (rule, word) => expect(ruleWord(rule)).toBe(word));

  it.each([
    ['服务未在时限内应答:subsidy', '服务未在时限内应答：补贴'],
    ['服务暂不可用:enforcement', '服务暂不可用：执法'],
    ['服务暂不可用:elsewhere', '服务暂不可用:elsewhere'],
    ['请先登录', '请先登录'],
  ])('title %s: %s', (title, word) => expect(titleWord(title)).toBe(word));
});
