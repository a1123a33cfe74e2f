// Service (送达) of a document: the modes, when each takes effect, and the content of the proof of service (送达回证).
import { dayOf, Refusal } from '@hengji/domain-kit';
import { dateInWords } from '@hengji/province';
import type { Amount } from '../limit';
import type { Delivery, DeliveryMode } from '../terms';
import type { Delivered, Rows } from './document-table';

const MODES = {
  IN_PERSON: '当面送达',
  LEFT: '留置送达',
  POST: '邮寄送达',
  ELECTRONIC: '电子送达（凭送达地址确认书）',
  PUBLIC_NOTICE: '公告送达（自公告之日起满三十日视为送达）',
} as const satisfies Record<DeliveryMode, string>;

export const DELIVERY_MODES = Object.keys(MODES) as readonly DeliveryMode[];

const LONGEST_RECEIVER = 100;

/** When a document counts as served: at once, or for a public notice after thirty days (民事诉讼法第九十五条), as `endOf` counts them. */
export const servedFrom = (endOf: (amount: Amount, from: Date) => { readonly at: Date }, mode: DeliveryMode, now: Date): Date =>
  mode === 'PUBLIC_NOTICE' ? endOf({ amount: 30, unit: 'day' }, now).at : now;

/** Refuses `document.not_servable` (a proof of service), `document.receiver_missing`. */
export const checkDelivery = ({ receiver }: Pick<Delivery, 'receiver'>, isReceipt: boolean, rule: string): void => {
  if (isReceipt)
    throw new Refusal('illegalMove', 'document.not_servable', '送达回证是送达的证明，不需要送达', { field: 'document_id', rule });
  if (receiver.trim() === '' || receiver.length > LONGEST_RECEIVER)
    throw new Refusal('invalid', 'document.receiver_missing', `请填写收件人，不超过${LONGEST_RECEIVER}字`, { field: 'receiver', rule });
};

/** An institution may read the documents that were served on it and those that it filed. */
export const notYours = (): Refusal =>
  new Refusal('forbidden', 'document.not_yours', '您只能查阅已送达您所在机构的文书和自己提交的材料', {
    field: 'actor',
    rule: '行政处罚法第四十七条',
  });

/** The body of a 送达回证. `of`: the name of the file and the party that was served. */
export const receiptRows = (delivered: Delivered | null, of: { readonly file: Rows['rows'][number]; readonly party: string }): Rows => ({
  rows: [
    of.file,
    ['受送达人', of.party],
    ['送达文书', delivered ? `${delivered.title}（${delivered.number}）` : ''],
    ['送达方式', delivered ? MODES[delivered.mode] : ''],
    ['收件人', delivered?.receiver ?? ''],
    ['送达日期', delivered ? dateInWords(dayOf(delivered.servedAt)) : ''],
    ['受送达人签名或者盖章', ''],
    ['送达人签名', ''],
    ['备注', ''],
  ],
});
