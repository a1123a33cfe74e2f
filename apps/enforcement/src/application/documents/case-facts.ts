// Data of a case's documents beside its record: the order of a document, the lifting of a 解除决定书, the text
// of a 处理决定公示.
import type { Documents } from '@hengji/procedure';
import type { Amount, LimitAmounts } from '@hengji/procedure/tables';
import { NAMED_LIMITS, type CaseFacts, type CaseTerms, type NamedLimit } from '../../domain/cases/terms';
import { REGISTRY } from '../../domain/deadlines/registry';
import type { NoticeContent } from '../../domain/publicity/notice';
import { opensNext } from '../../domain/remedies/limits';
import type { FindOrder } from '../aftermath/ports';
import type { Notices } from '../publicity/ports';
import type { Remedies } from '../remedies/ports';

type Asked = Pick<Parameters<Documents<never, CaseTerms>['make']>[1], 'kind' | 'file' | 'about' | 'which' | 'asked' | 'now'>;

const noticeOf = async <Tx>(tx: Tx, { getWaiting }: Pick<Notices<Tx>, 'getWaiting'>, caseId: string): Promise<NoticeContent> => {
  const { notice, entries } = await getWaiting(tx, caseId);
  return { text: notice.text, entries };
};

interface Sources<Tx> {
  readonly findOrder: FindOrder<Tx>;
  readonly notices: Pick<Notices<Tx>, 'getWaiting'>;
  readonly remedies: Pick<Remedies<Tx>, 'ofCase'>;
  readonly amounts: Pick<LimitAmounts, 'inForce'>;
}

/** The amount of each limit that a document may name, for the authority of the case on that day. */
const limitsNamed = ({ amounts }: Pick<Sources<never>, 'amounts'>, authority: string, startedAt: Date): CaseFacts['limits'] => {
  const amountOf = (code: NamedLimit): Amount => amounts.inForce({ code, authority, startedAt }).limit ?? REGISTRY[code].limit;
  return Object.fromEntries(NAMED_LIMITS.map((code) => [code, amountOf(code)])) as Record<NamedLimit, Amount>;
};

/** Reads the order in this transaction. Refuses `order.unknown`. */
export const caseFacts =
  <Tx>({ findOrder, notices, remedies, amounts }: Sources<Tx>) =>
  async (tx: Tx, { kind, file, about, which, asked, now }: Asked): Promise<CaseFacts> => {
    const order = about === '' ? null : await findOrder(tx, about);
    const lifting = kind === 'LIFTING' ? (order?.liftings.find(({ number }) => String(number) === which) ?? null) : null;
    const notice = kind === 'PUBLICITY' ? await noticeOf(tx, notices, file.id) : null;
    const against = kind === 'DEMAND' && order ? await remedies.ofCase(tx, order.caseId) : [];
    const isUpheld = against.some((one) => one.orderId === about && opensNext(one));
    return { order, counted: asked?.counted ?? null, lifting, notice, isUpheld, limits: limitsNamed({ amounts }, file.authority, now) };
  };
