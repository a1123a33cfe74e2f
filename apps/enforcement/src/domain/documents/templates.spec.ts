import { delivery, inState } from '../../../test/cases';
import { completed, liftedIn, NOW } from '../../../test/orders';
import { DOCUMENT_KINDS, type DocumentKind } from '../cases/case';
import type { Reached } from '../cases/particulars/particulars';
import type { CaseTerms } from '../cases/terms';
import type { Violation } from '../order';
import { textOf } from '@hengji/documents';
import { composeDocument, documentTitle } from '@hengji/procedure/tables';
import { AS_DECIDED, composeNotice } from '../publicity/notice';
import { REGISTRY } from '../deadlines/registry';
import { checkIssue } from './issuing';
import { annex, scopeInWords } from './extent';
import { DOCUMENTS, type Facts } from './templates';

const order = completed(['STOP_EVALUATION', 'CANCEL_RESULTS', 'VOID_CERTIFICATES', 'RECOVER_SUBSIDIES', 'RECTIFY']);
const theCase = inState('RECHECK');
const lifted = liftedIn(order, { ground: 'COURT', reason: '判决撤销' }).next;
const ENTRY = { certificateNumber: `${theCase.institution}263000001`, maskedName: '张*' };
const notice = { kind: 'NOTICE', title: '告知书', number: '沈人社鉴告〔2026〕1号' } as const;

const HOLDERS = [{ certificateNumber: ENTRY.certificateNumber, name: '张三丰' }];
const REACH: Reached[] = [
  { measure: 'CANCEL_RESULTS', count: 4, people: 3, fen: 0, root: 'a' },
  { measure: 'VOID_CERTIFICATES', count: 2, people: 2, fen: 0, root: 'b' },
  { measure: 'RECOVER_SUBSIDIES', count: 2, people: 2, fen: 300_000, root: 'c' },
];
const isOfStep = (kind: DocumentKind): boolean => kind === 'NOTICE' || kind === 'DECISION';
const LIMITS: Facts['limits'] = {
  'D-CASE-REPLY': REGISTRY['D-CASE-REPLY'].limit,
  'D-PEN-HEARING-ASK': REGISTRY['D-PEN-HEARING-ASK'].limit,
  'D-ENFORCE-DEMAND': REGISTRY['D-ENFORCE-DEMAND'].limit,
  'D-RECON': REGISTRY['D-RECON'].limit,
  'D-LITIG': REGISTRY['D-LITIG'].limit,
};

const facts = (kind: DocumentKind): Facts => ({
  kind,
  number: '沈人社鉴〔2026〕7号',
  file: theCase,
  order: kind === 'LIFTING' ? lifted : order,
  lifting: kind === 'LIFTING' ? (lifted.liftings[0] ?? null) : null,
  notice: kind === 'PUBLICITY' ? composeNotice(theCase, order, { choice: AS_DECIDED, entries: [ENTRY], replaces: '' }) : null,
  isUpheld: false,
  counted: isOfStep(kind) ? { reach: REACH, holders: HOLDERS } : null,
  limits: LIMITS,
  text: '补充的话',
  now: NOW,
  earlier: [{ kind: 'RECOVERY', title: '追缴通知书', number: '沈人社鉴追〔2026〕2号' }],
  delivered: kind === 'SERVICE_RECEIPT' ? { ...notice, ...delivery({ mode: 'PUBLIC_NOTICE', receiver: '校长' }), servedAt: NOW } : null,
});
const textFor = (kind: DocumentKind): string => textOf(composeDocument<CaseTerms>(DOCUMENTS, facts(kind)));

/** What is intended or decided, about whom: in the notice as in the decision. */
const EXTENT = [
  '取消评价结果（涉及考生3人、评价结果4项）',
  '宣布证书作废（涉及持证人2人、证书2本）',
  '追回相应补贴资金（涉及2人、补贴2笔，共计人民币3,000.00元）',
  `处理范围：沈阳市某职业培训学校（机构代码：${theCase.institution}）的全部评价活动`,
  '附件：涉及的证书和持证人（1本）',
  `${ENTRY.certificateNumber}\n张三丰`,
];

/** The text that each document must contain, by law or because no other document has it. */
const SAYS = {
  NOTICE: [...EXTENT, theCase.number, '拟作出的处理', '立即停止评价有关工作', '三个工作日', '申请听证', '不因陈述、申辩加重处理'],
  DECISION: [...EXTENT, theCase.number, '处理决定', '责令限期整改（2026年12月31日前完成）', '六十日内', '沈阳市人民政府', '六个月内'],
  RECTIFICATION: ['2026年12月31日前完成整改', '两名工作人员到现场复查', '补充的话'],
  TRANSFER: ['沈阳市公安局：', '国务院令第310号', '涉案物品清单', theCase.institution],
  RECOVERY: ['应退回的金额', '十五日内', order.signature?.documentNo ?? '?'],
  DEMAND: ['十日内', '（沈人社鉴追〔2026〕2号）', '行政强制法', '陈述和申辩'],
  SERVICE_RECEIPT: ['公告送达', '告知书（沈人社鉴告〔2026〕1号）', '校长'],
  LIFTING: ['人民法院裁判', '判决撤销', '全部措施'],
  PUBLICITY: ['行政处罚法》第四十八条', theCase.institution, '不考试就发证', '宣布证书作废', ENTRY.certificateNumber, ENTRY.maskedName],
} as const satisfies Record<DocumentKind, readonly string[]>;

describe('a document', () => {
  it.each(DOCUMENT_KINDS)('%s has its required text, its number, its authority and its day', (kind) => {
    const text = textFor(kind);
    for (const part of SAYS[kind]) expect(text).toContain(part);
    expect(text).toContain('沈人社鉴〔2026〕7号');
    expect(text).toContain('沈阳市人力资源和社会保障局');
    expect(text).toContain('2026年11月23日');
    expect(documentTitle<CaseTerms>(DOCUMENTS, kind, theCase)).toContain(DOCUMENTS.kinds[kind].title);
    expect(text).not.toMatch(/undefined|null|NaN|\[object/);
  });
});

describe('the limits in a document', () => {
  const longer: Facts['limits'] = {
    'D-CASE-REPLY': { amount: 5, unit: 'workingDay' },
    'D-PEN-HEARING-ASK': { amount: 7, unit: 'workingDay' },
    'D-ENFORCE-DEMAND': { amount: 15, unit: 'day' },
    'D-RECON': { amount: 90, unit: 'day' },
    'D-LITIG': { amount: 1, unit: 'year' },
  };

  it.each<[DocumentKind, string[]]>([
    ['NOTICE', ['五个工作日内提出书面意见', '七个工作日内申请听证']],
    ['DEMAND', ['十五日内退回补贴资金']],
    ['DECISION', ['九十日内依法向', '或者在一年内']],
    ['RECOVERY', ['九十日内依法向', '或者在一年内']],
  ])('of %s are those in force: %j', (kind, words) => {
    const text = textOf(composeDocument<CaseTerms>(DOCUMENTS, { ...facts(kind), limits: longer }));
    for (const word of words) expect(text).toContain(word);
  });
});

describe('the basis of a notice', () => {
  it.each<[Violation[], string]>([
    [['CERTIFICATES_WITHOUT_EXAM'], '三、（五）的规定'],
    [['OUT_OF_SCOPE'], '三、（六）的规定'],
    [['REPORTED_ISSUES', 'PERSONS_OUTSIDE_UNIT'], '三、（六）的规定'],
    [['OUT_OF_SCOPE', 'FORGED_PAPERS'], '三、（五）和（六）的规定'],
  ])('of the grounds %j is %s', (grounds, basis) => {
    const text = textOf(composeDocument<CaseTerms>(DOCUMENTS, { ...facts('NOTICE'), order: { ...order, grounds } }));
    expect(text).toContain(basis);
  });

  it('names each ground in the words of the notice', () => {
    const text = textOf(
      composeDocument<CaseTerms>(DOCUMENTS, { ...facts('NOTICE'), order: { ...order, grounds: ['BEYOND_EMPLOYER_SIZE'] } }),
    );
    expect(text).toContain('超过本单位用人规模开展认定');
  });
});

describe('the scope in words', () => {
  const scope = { ...order.scope, from: '', until: '' };
  it.each<[Partial<typeof scope>, string]>([
    [{ plans: ['p1', 'p2'] }, '的以下评价活动：认定计划：p1、p2'],
    [{ sessions: ['s1'], from: '2026-03-01' }, '考试场次：s1；考试日期：自2026年3月1日起'],
    [{ occupationLevels: [{ occupation: '4-10-01-01', level: '3' }] }, '职业和等级：'],
    [{ persons: ['a'.repeat(32)], certificates: ['x', 'y'] }, '列明的人员1人；列明的证书2本'],
    [{ until: '2026-04-01' }, '考试日期：至2026年4月1日止'],
    [{}, '的全部评价活动'],
  ])('of %j', (change, words) => expect(scopeInWords({ ...scope, ...change }, '某学校')).toContain(words));
});

describe('the annex', () => {
  const holders = (count: number) => Array.from({ length: count }, (_, i) => ({ certificateNumber: `N${i}`, name: `人${i}` }));
  const text = (count: number): string => JSON.stringify(annex(holders(count)));
  it.each([1, 100, 101, 3_000])('names all of %i holders', (count) => {
    for (const one of [0, count - 1]) expect(text(count)).toContain(`人${one}`);
    expect(text(count)).not.toContain('印出前');
  });
  it('says what it does not print', () => {
    expect(text(3_001)).toContain('其余1本');
    expect(annex([])).toEqual([]);
  });
});

describe('issuing without a step', () => {
  const asked = { kind: 'RECOVERY', order, issued: [], enforcement: null } as const;
  const refuse = (change: object) =>
    expect(() => checkIssue({ ...asked, ...change })).toThrow(expect.objectContaining({ reason: 'document.not_due' }));

  it('allows a recovery after the receipt of M5, and a demand while execution can be applied for', () => {
    expect(() => checkIssue(asked)).not.toThrow();
    expect(() => checkIssue({ ...asked, kind: 'DEMAND', issued: ['RECOVERY'], enforcement: 'NEARING' })).not.toThrow();
  });

  it('refuses what a step issues, what has no receipt, and a demand before or after its time', () => {
    refuse({ kind: 'DECISION' });
    refuse({ order: { ...order, rows: [] } });
    refuse({ kind: 'DEMAND', issued: ['RECOVERY'] });
    refuse({ kind: 'DEMAND', issued: ['RECOVERY'], enforcement: 'PASSED' });
    refuse({ kind: 'DEMAND', enforcement: 'RUNNING' });
  });
});
