// Data of a case's documents beside its record: the order of a document, the lifting of a 解除决定书, the text
// of a 处理决定公示.
import type { Documents } from '@hengji/procedure';
import type { CaseFacts, CaseTerms } from '../../domain/cases/terms';
import type { NoticeContent } from '../../domain/publicity/notice';
import { opensNext } from '../../domain/remedies/limits';
import type { FindOrder } from '../aftermath/ports';
import type { Notices } from '../publicity/ports';
import type { Remedies } from '../remedies/ports';

type Asked = Pick<Parameters<Documents<never, CaseTerms>['make']>[1], 'kind' | 'file' | 'about' | 'which' | 'asked'>;

const noticeOf = async <Tx>(tx: Tx, { getWaiting }: Pick<Notices<Tx>, 'getWaiting'>, caseId: string): Promise<NoticeContent> => {
  const { notice, entries } = await getWaiting(tx, caseId);
  return { text: notice.text, entries };
};

interface Sources<Tx> {
  readonly findOrder: FindOrder<Tx>;
  readonly notices: Pick<Notices<Tx>, 'getWaiting'>;
  readonly remedies: Pick<Remedies<Tx>, 'ofCase'>;
}

/** Reads the order in this transaction. Refuses `order.unknown`. */
export const caseFacts =
  <Tx>({ findOrder, notices, remedies }: Sources<Tx>) =>
  async (tx: Tx, { kind, file, about, which, asked }: Asked): Promise<CaseFacts> => {
    const order = about === '' ? null : await findOrder(tx, about);
    const lifting = kind === 'LIFTING' ? (order?.liftings.find(({ number }) => String(number) === which) ?? null) : null;
    const notice = kind === 'PUBLICITY' ? await noticeOf(tx, notices, file.id) : null;
    const against = kind === 'DEMAND' && order ? await remedies.ofCase(tx, order.caseId) : [];
    return {
      order,
      counted: asked?.counted ?? null,
      lifting,
      notice,
      isUpheld: against.some((one) => one.orderId === about && opensNext(one)),
    };
  };
