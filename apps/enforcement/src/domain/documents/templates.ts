// The documents (文书) of a case, as a table for libs/procedure: title, counter and text of each kind. Every fact comes from
// the case and its order; `text` is the officer's addition (finding, reason, demand) under its own heading. A kind without a
// row does not compile.
import { dayOf } from '@hengji/domain-kit';
import { receiptRows, type DocumentTable, type Facts as FactsOf, type Heading, type Rows } from '@hengji/procedure/tables';
import { amountInWords, authorityName, dateInWords, listedInWords, remediesInWords, yuan, yuanInCapitals } from '@hengji/province';
import type { Case, CaseStep, DocumentKind } from '../cases/case';
import { credentialsOf } from '../cases/particulars/credential';
import type { Reached } from '../cases/particulars/particulars';
import type { CaseTerms, NamedLimit } from '../cases/terms';
import { reachOf } from '../cases/told/reach';
import { NUMBERING, type Series } from '../document-number';
import type { Order, Violation } from '../order';
import { noticeBody } from '../publicity/notice-body';
import { annex, measuresInWords } from './extent';
import { basisInWords, LIFT_GROUNDS_ZH, MEASURES_ZH, policeName, supervisionName, VIOLATIONS_ZH } from './words';

export type Facts = FactsOf<CaseTerms>;

const RECEIVERS = ['TRANSFER_TO_POLICE', 'TRANSFER_TO_DISCIPLINE'] as const;
type Receiver = (typeof RECEIVERS)[number];

/** The request to each body and its ground: 310号令 binds 公安, and refers cases of officials to the supervision organ (§19). */
const TRANSFER_BASIS = {
  TRANSFER_TO_POLICE:
    '依据《行政执法机关移送涉嫌犯罪案件的规定》（国务院令第310号）第三条、第五条、第六条的规定，现将案件移送公安机关，并附调查报告、涉案物品清单及有关检验报告或者鉴定意见。请自收到之日起依法审查，并将立案或者不予立案的决定书面通知本机关。',
  TRANSFER_TO_DISCIPLINE:
    '依据《行政执法机关移送涉嫌犯罪案件的规定》（国务院令第310号）第十九条的规定，现将公职人员涉嫌违纪违法的问题线索及有关材料移送监察机关，请依法处理，并将处理结果告知本机关。',
} as const satisfies Record<Receiver, string>;

const institution = ({ file }: Facts): string => file.institutionName;
const day = (at: Date): string => dateInWords(dayOf(at));
const heading = (text: string): Heading => ({ heading: text });
const added = (title: string, text: string): (string | Heading)[] =>
  text.trim() === '' ? [] : [heading(title), ...text.trim().split(/\n+/)];

const entryText = ({ file }: Facts, step: CaseStep): string => file.entries.findLast((entry) => entry.step === step)?.text ?? '';
const groundsOf = ({ file, order }: Facts): readonly Violation[] => (order?.grounds.length ? order.grounds : file.grounds);
const grounds = (facts: Facts): string => listedInWords(groundsOf(facts).map((ground) => VIOLATIONS_ZH[ground]));
/** As counted for the step; for a decision that no step makes, as previewed. */
const reached = ({ order, counted }: Facts): readonly Reached[] => {
  const previewed = order?.rows.flatMap(({ number, preview }) => (preview ? [[number, preview] as const] : [])) ?? [];
  return counted?.reach ?? reachOf(order?.rows ?? [], new Map(previewed));
};
const annexOf = ({ counted }: Facts): (string | Heading | Rows)[] => annex(counted?.holders ?? []);
const mentioned = (facts: Facts, kind: DocumentKind): string => {
  const found = facts.earlier.find((document) => document.kind === kind);
  return found ? `《${found.title}》（${found.number}）` : '处理决定';
};
const finding = (facts: Facts): string => entryText(facts, 'FIND_FOUNDED') || facts.file.summary;
const decided = (facts: Facts): string => facts.order?.signature?.documentNo ?? facts.file.decision?.number ?? '';
const recovered = ({ order }: Facts) =>
  order?.rows.find(({ target, undoesRow }) => target.effect === 'OPEN_RECOVERIES' && undoesRow === 0)?.receipt ?? null;
const sum = (facts: Facts): string => {
  const fen = recovered(facts)?.fen ?? 0n;
  return `${yuan(fen)}元（大写：${yuanInCapitals(fen)}）`;
};

const receivers = (order: Order | null): readonly Receiver[] => {
  const named = RECEIVERS.filter((measure) => order?.measures.includes(measure));
  return named.length > 0 ? named : ['TRANSFER_TO_POLICE'];
};

/** The officers who verified, with the numbers of their credentials (行政处罚法第五十五条). */
const verifiersInWords = ({ file }: Facts): string[] => {
  const verifiers = credentialsOf(file);
  return verifiers.length === 0 ? [] : [`核查人员：${listedInWords(verifiers)}。`];
};

const factsAndGrounds = (facts: Facts): (string | Heading)[] => [
  heading('事实'),
  `本机关于${day(facts.file.openedAt)}登记你单位有关线索（案号：${facts.file.number}），经核查，认定：${finding(facts)}`,
  ...verifiersInWords(facts),
  heading('理由和依据'),
  `上述行为属于${grounds(facts)}。依据${basisInWords(groundsOf(facts))}的规定，应当依法处理。`,
];

/** Signed by the authority of the case, addressed to the institution. */
const OF_CASE = { signedBy: ({ authority }: Case) => authorityName(authority), addressee: institution } as const;

const within = ({ limits }: Facts, code: NamedLimit): string => amountInWords(limits[code]);

/** The remedies against the decision: reconsideration (60 days by law) and litigation (6 months by law). */
const remedies = ({ file, limits }: Facts): string =>
  remediesInWords(file.authority, { reconsideration: limits['D-RECON'], suit: limits['D-LITIG'] });

const KINDS = {
  NOTICE: {
    ...{ ...OF_CASE, title: '处理事先告知书', series: 'notice' },
    body: (facts) => [
      ...factsAndGrounds(facts),
      heading('拟作出的处理'),
      ...(facts.order
        ? measuresInWords('本机关拟对你单位作出以下处理：', facts.order, reached(facts))
        : ['本机关拟依据上述规定对你单位作出处理。']),
      ...added('补充说明', facts.text),
      heading('你单位的权利'),
      `你单位有权进行陈述和申辩。请自收到本告知书之日起${within(facts, 'D-CASE-REPLY')}内提出书面意见；逾期未提出的，视为放弃陈述和申辩。符合听证条件的，可以自收到本告知书之日起${within(facts, 'D-PEN-HEARING-ASK')}内申请听证。本机关不因陈述、申辩加重处理。`,
      ...annexOf(facts),
    ],
  },
  DECISION: {
    ...{ ...OF_CASE, title: '处理决定书', series: 'order' },
    // The number of an interim stop was drawn at its signature.
    numberOf: ({ order }) => order?.signature?.documentNo,
    // The decision gets the number of the document and the draft of the step.
    changes: ({ entries }, { number }) => ({ decision: { number, orderId: entries.at(-1)?.orderId ?? '' } }),
    body: (facts) => [
      ...factsAndGrounds(facts),
      ...(facts.order?.interim ? [`情况紧急，不能等待案件处理终结：${facts.order.urgency}`] : []),
      ...(entryText(facts, 'REPLY') ? [`你单位的陈述、申辩意见已经复核：${entryText(facts, 'REPLY')}`] : []),
      ...added('说理', facts.text),
      heading('处理决定'),
      ...(facts.order ? measuresInWords('现决定：', facts.order, reached(facts)) : []),
      ...(facts.order?.interim ? [`本项停止的终止条件：${facts.order.endCondition}。`] : []),
      '本决定自送达之日起生效。',
      remedies(facts),
      ...annexOf(facts),
    ],
  },
  RECTIFICATION: {
    ...{ ...OF_CASE, title: '责令限期整改通知书', series: 'rectification' },
    body: (facts) => [
      `本机关已对你单位作出处理决定（${decided(facts)}），认定你单位存在${grounds(facts)}。`,
      heading('整改要求'),
      `责令你单位于${facts.order?.rectifyBy ? dateInWords(facts.order.rectifyBy) : '规定期限'}前完成整改，并提交整改材料。`,
      ...added('整改事项', facts.text || facts.order?.reason || ''),
      heading('复查'),
      '本机关收到整改材料后，由两名工作人员到现场复查。复查不合格或者逾期不整改的，依法进一步处理；整改期间，已停止的评价工作不予恢复。',
      remedies(facts),
    ],
  },
  TRANSFER: {
    ...{ ...OF_CASE, title: '涉嫌违法犯罪案件移送书', series: 'transfer' },
    addressee: ({ file, order }) =>
      receivers(order)
        .map((measure) => (measure === 'TRANSFER_TO_POLICE' ? policeName(file.authority) : supervisionName(file.authority)))
        .join('、'),
    body: (facts) => [
      `本机关在办理${facts.file.institutionName}（机构代码：${facts.file.institution}）案件（案号：${facts.file.number}）中，发现有关行为涉嫌违法犯罪。`,
      heading('涉嫌违法犯罪的事实'),
      entryText(facts, 'REPORT_CRIME') || finding(facts),
      `涉及情形：${grounds(facts)}。`,
      ...added('移送意见', facts.text),
      heading('移送依据'),
      ...receivers(facts.order).map((measure) => TRANSFER_BASIS[measure]),
    ],
  },
  RECOVERY: {
    ...{ ...OF_CASE, title: '补贴资金追缴通知书', series: 'recovery' },
    body: (facts) => [
      `依据本机关处理决定（${decided(facts)}），你单位有关证书已宣布作废，据此发放的补贴资金应予追回。`,
      heading('应退回的金额'),
      `涉及补贴${recovered(facts)?.matched ?? 0n}笔，共计人民币${sum(facts)}。`,
      ...added('说明', facts.text),
      heading('退回要求'),
      '请自收到本通知书之日起十五日内，将上述款项退回原发放账户，并将缴款凭证报送本机关。逾期不退回的，本机关将依法催告并申请人民法院强制执行。',
      remedies(facts),
    ],
  },
  DEMAND: {
    ...{ ...OF_CASE, title: '履行处理决定催告书', series: 'demand' },
    body: (facts) => [
      `本机关已向你单位送达处理决定（${decided(facts)}）和${mentioned(facts, 'RECOVERY')}。${facts.isUpheld ? '该处理决定经行政复议、行政诉讼后仍然有效，你单位未履行退回义务。' : '你单位在法定期限内未申请行政复议或者提起行政诉讼，又未履行退回义务。'}`,
      heading('催告事项'),
      `请自收到本催告书之日起${within(facts, 'D-ENFORCE-DEMAND')}内退回补贴资金人民币${sum(facts)}，并将缴款凭证报送本机关。`,
      ...added('说明', facts.text),
      heading('你单位的权利和不履行的后果'),
      '你单位有权进行陈述和申辩。逾期仍未履行的，本机关将依据《中华人民共和国行政强制法》第五十三条、第五十四条的规定，申请人民法院强制执行。',
    ],
  },
  SERVICE_RECEIPT: {
    ...{ ...OF_CASE, title: '送达回证', series: 'serviceReceipt', addressee: () => '' },
    body: ({ file, delivered }) => [receiptRows(delivered, { file: ['案号', file.number], party: file.institutionName })],
  },
  LIFTING: {
    ...{ ...OF_CASE, title: '解除处理决定书', series: 'lifting' },
    numberOf: ({ lifting }) => lifting?.documentNo,
    body: (facts) => [
      `本机关对你单位作出的处理决定（${facts.order?.signature?.documentNo ?? ''}），因${facts.lifting ? LIFT_GROUNDS_ZH[facts.lifting.ground] : ''}，应予解除。`,
      heading('解除理由'),
      facts.lifting?.reason ?? facts.text,
      heading('解除范围'),
      facts.lifting?.whole
        ? '解除该处理决定的全部措施，恢复至决定执行前的状态；其他处理决定仍然要求的除外。'
        : `解除该处理决定的以下措施（限于解除决定载明的范围）：${listedInWords((facts.lifting?.measures ?? []).map((measure) => MEASURES_ZH[measure]))}。其余部分继续有效。`,
      remedies(facts),
    ],
  },
  PUBLICITY: {
    ...{ ...OF_CASE, title: '处理决定公示', series: 'publicity', addressee: () => '' },
    changes: (_, { number }) => ({ publicNotice: { number, outdated: false } }),
    body: ({ notice }) => (notice ? noticeBody(notice) : []),
  },
} as const satisfies DocumentTable<CaseTerms, Series>['kinds'];

export const DOCUMENTS: DocumentTable<CaseTerms, Series> = {
  kinds: KINDS,
  numbering: NUMBERING,
  subjectOf: ({ institutionName }) => institutionName,
  receipt: 'SERVICE_RECEIPT',
};
