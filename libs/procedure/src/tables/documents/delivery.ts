// Service (送达) of a document: what each mode needs and when it takes effect, as a table, and the content of the proof of service (送达回证).
import { dayOf, Refusal, timeOf } from '@hengji/domain-kit';
import { dateInWords, isSameName, typedName } from '@hengji/province';
import type { Amount } from '../limit';
import type { AttachmentOfFile, Capacity, Delivery, DeliveryMode } from '../terms';
import type { Delivered, Rows } from './document-table';

/** Who may take a document for an institution. A door keeper (门卫) has no capacity. */
export const CAPACITIES = {
  LEGAL_REPRESENTATIVE: '法定代表人',
  PERSON_IN_CHARGE: '主要负责人',
  AUTHORISED_RECEIVER: '授权收件人（代收人）',
  RECEIVING_STAFF: '负责收件的人员',
} as const satisfies Record<Capacity, string>;

/** Fields that a mode may need beside receiver and time, in the order of the form. */
type Field = 'capacity' | 'servers' | 'credentials' | 'witness' | 'postNumber' | 'publishedIn' | 'reason';

interface ModeRule {
  readonly title: string;
  /** Whether a person takes the document, or refuses it. */
  readonly hasReceiver: boolean;
  readonly fields: readonly Field[];
  readonly leastServers: number;
  /** The attachment that proves the service, and its types; null where none is needed. */
  readonly proof: { readonly what: string; readonly types: RegExp } | null;
}

const SCAN = /^(?:application\/(?:pdf|ofd)|image\/)/;
const PHOTO_OR_RECORDING = /^(?:image|audio|video)\//;

/** One row per mode: 行政处罚法第六十一条, rules §7.9. */
const MODES = {
  IN_PERSON: {
    ...{ title: '当面送达', hasReceiver: true, fields: ['capacity', 'servers'], leastServers: 1 },
    proof: { what: '受送达人签名或者盖章的送达回证扫描件', types: SCAN },
  },
  LEFT: {
    ...{ title: '留置送达', hasReceiver: true, fields: ['capacity', 'servers', 'credentials', 'witness'], leastServers: 2 },
    proof: { what: '留置现场的照片或者录音录像', types: PHOTO_OR_RECORDING },
  },
  POST: {
    ...{ title: '邮寄送达', hasReceiver: true, fields: ['capacity', 'postNumber'], leastServers: 0 },
    proof: { what: '邮件签收回执的扫描件', types: SCAN },
  },
  ELECTRONIC: {
    ...{ title: '电子送达（凭送达地址确认书）', hasReceiver: true, fields: ['capacity'], leastServers: 0 },
    proof: { what: '受送达人签名的电子送达确认书', types: SCAN },
  },
  PUBLIC_NOTICE: {
    ...{ title: '公告送达（自公告之日起满三十日视为送达）', hasReceiver: false, fields: ['publishedIn', 'reason'], leastServers: 0 },
    proof: null,
  },
} as const satisfies Record<DeliveryMode, ModeRule>;

export const DELIVERY_MODES = Object.keys(MODES) as readonly DeliveryMode[];

const ruleOf = (mode: DeliveryMode): ModeRule => MODES[mode];

/** What each mode needs, for the form. */
export const DELIVERY_RULES = DELIVERY_MODES.map((mode) => {
  const { hasReceiver, fields, leastServers, proof } = ruleOf(mode);
  return { mode, hasReceiver, fields, leastServers, proof: proof?.what ?? '' };
});

const LONGEST_RECEIVER = 100;
const LONGEST_REASON = 500;
/** International form of a registered mail, and the domestic form. */
const POST_NUMBER = /^(?:[A-Z]{2}\d{9}CN|\d{13})$/;
/** Posts and rooms that people write instead of a name. */
const NO_NAME = /^(?:门卫|保安|门岗|前台|传达室|收发室|值班室|值班人员|保洁|工作人员)$/u;
/** 执法证号: digits and capital letters (平台规则). */
export const CREDENTIAL = /^[0-9A-Z]{8,18}$/;
const MINUTE_MS = 60_000;

/** When a document counts as served: at once, or for a public notice after thirty days (民事诉讼法第九十五条), as `endOf` counts them. */
export const servedFrom = (endOf: (amount: Amount, from: Date) => { readonly at: Date }, mode: DeliveryMode, at: Date): Date =>
  mode === 'PUBLIC_NOTICE' ? endOf({ amount: 30, unit: 'day' }, at).at : at;

/** Refuses `document.not_servable`. */
export const checkServable = (isReceipt: boolean, rule: string): void => {
  if (isReceipt)
    throw new Refusal('illegalMove', 'document.not_servable', '送达回证是送达的证明，不需要送达', { field: 'document_id', rule });
};

interface Circumstances {
  /** When the document was issued: it cannot have been served before. */
  readonly issuedAt: Date;
  readonly now: Date;
  readonly attachments: readonly AttachmentOfFile[];
}

type Say = (reason: string, field: string, message: string) => never;

const isText = (text: string, longest = LONGEST_REASON): boolean => text.trim() !== '' && text.length <= longest;

/** One check per field. */
const FIELD_CHECKS = {
  capacity: ({ capacity }, say) => {
    if (capacity === null)
      say('capacity_missing', 'capacity', `应写明签收人的身份：${Object.values(CAPACITIES).join('、')}；门卫等人员不能代收`);
  },
  servers: ({ mode, servers }, say) => {
    const { title, leastServers } = ruleOf(mode);
    const names = new Set(servers.map(typedName).filter((name) => name !== ''));
    if (names.size < leastServers) say('servers_missing', 'servers', `${title}应写明至少${leastServers}名送达人的姓名`);
    if (servers.some((name) => name.length > LONGEST_RECEIVER)) say('servers_missing', 'servers', '送达人姓名过长');
  },
  // Two officers where one mode demands two (行政处罚法第四十二条): each is one by the own credential.
  credentials: ({ mode, servers, credentials }, say) => {
    const { title } = ruleOf(mode);
    const isEach = credentials.length === servers.length && new Set(credentials).size === credentials.length;
    if (!isEach || !credentials.every((one) => CREDENTIAL.test(one)))
      say('credential_invalid', 'credentials', `${title}应按送达人的次序写明每人的执法证号：8至18位数字或者大写字母，不得相同`);
  },
  witness: ({ witness, receiver, servers }, say) => {
    if (!isText(witness, LONGEST_RECEIVER)) say('witness_missing', 'witness', '受送达人拒收的，应写明见证人姓名');
    if (servers.some((name) => isSameName(name, witness))) say('witness_invalid', 'witness', '见证人不能是送达人');
    if (isSameName(receiver, witness)) say('witness_invalid', 'witness', '见证人不能是收件人');
  },
  postNumber: ({ postNumber }, say) => {
    if (!POST_NUMBER.test(postNumber)) say('mail_invalid', 'post_number', '邮件号应为2位字母、9位数字加“CN”，或者13位数字');
  },
  publishedIn: ({ publishedIn }, say) => {
    if (!isText(publishedIn)) say('place_missing', 'published_in', '公告送达应写明公告的载体（报刊、网站或者张贴地点）');
  },
  reason: ({ reason }, say) => {
    if (!isText(reason)) say('place_missing', 'reason', '公告送达应写明其他方式无法送达的原因');
  },
} as const satisfies Record<Field, (delivery: Delivery, say: Say) => void>;

const checkReceiver = ({ mode, receiver, servers }: Delivery, say: Say): void => {
  const { hasReceiver } = ruleOf(mode);
  if ((hasReceiver && receiver.trim() === '') || receiver.length > LONGEST_RECEIVER) {
    say('receiver_missing', 'receiver', `请填写收件人姓名，不超过${LONGEST_RECEIVER}字`);
  }
  if (NO_NAME.test(receiver.trim())) say('receiver_missing', 'receiver', `“${receiver.trim()}”不是收件人姓名；应写明签收人的姓名和身份`);
  if (servers.some((name) => isSameName(name, receiver))) say('receiver_invalid', 'receiver', '收件人不能是送达人');
};

const isBefore = (one: Date, other: Date): boolean => Math.floor(one.getTime() / MINUTE_MS) < Math.floor(other.getTime() / MINUTE_MS);

/** People state minutes, so minutes are compared. */
const checkTime = ({ at }: Delivery, { issuedAt, now }: Circumstances, say: Say): void => {
  if (Number.isNaN(at.getTime())) say('time_missing', 'served_at', '应写明送达的日期和时间');
  if (at > now) say('time_invalid', 'served_at', '送达时间不能晚于现在');
  if (isBefore(at, issuedAt)) say('time_invalid', 'served_at', `送达时间不能早于文书的制作时间（${dayOf(issuedAt)} ${timeOf(issuedAt)}）`);
};

/** An attachment that is not of the file is refused elsewhere (`attachment.unknown`). */
const checkProof = ({ mode, attachmentIds }: Delivery, { issuedAt, attachments }: Circumstances, say: Say): void => {
  const { title, proof } = ruleOf(mode);
  const older = attachments.find(({ id, addedAt }) => attachmentIds.includes(id) && addedAt < issuedAt);
  if (older) {
    const { addedAt } = older;
    say('proof_older', 'attachment_ids', `附件于${dayOf(addedAt)} ${timeOf(addedAt)}提交，早于文书的制作，不能证明其送达`);
  }
  if (proof === null) return;
  const isProof = (id: string): boolean => {
    const known = attachments.find((one) => one.id === id);
    return known === undefined || proof.types.test(known.mediaType);
  };
  if (!attachmentIds.some(isProof)) say('proof_missing', 'attachment_ids', `${title}应附${proof.what}`);
};

/** Refuses `document.proof_used`: one paper proves one service. `earlier`: the services of the file. */
export const checkProofUnused = (
  { attachmentIds }: Pick<Delivery, 'attachmentIds'>,
  earlier: readonly Pick<Delivery, 'attachmentIds'>[],
  rule: string,
): void => {
  const isUsed = earlier.some((one) => one.attachmentIds.some((id) => attachmentIds.includes(id)));
  if (isUsed)
    throw new Refusal('invalid', 'document.proof_used', '附件已经是另一份文书的送达证明，应附本次送达的证明', {
      ...{ field: 'attachment_ids', rule },
    });
};

/** The later of the two, by days: what waits for a service (送达) counts from its entry if that was made on a later day. */
export const laterDay = (servedAt: Date, enteredAt: Date): Date => (dayOf(enteredAt) > dayOf(servedAt) ? enteredAt : servedAt);

/**
 * Checks the facts and the proof of a service by the row of its mode. Refuses `document.receiver_missing`, `document.receiver_invalid`,
 * `document.capacity_missing`, `document.servers_missing`, `document.credential_invalid`, `document.witness_missing`,
 * `document.witness_invalid`, `document.mail_invalid`, `document.place_missing`, `document.time_missing`, `document.time_invalid`,
 * `document.proof_older`, `document.proof_missing`.
 */
export const checkDelivery = (delivery: Delivery, circumstances: Circumstances, rule: string): void => {
  const say: Say = (reason, field, message) => {
    throw new Refusal('invalid', `document.${reason}`, message, { field, rule });
  };
  checkReceiver(delivery, say);
  for (const field of ruleOf(delivery.mode).fields) FIELD_CHECKS[field](delivery, say);
  checkTime(delivery, circumstances, say);
  checkProof(delivery, circumstances, say);
};

/** An institution may read the documents that were served on it and those that it filed. */
export const notYours = (): Refusal =>
  new Refusal('forbidden', 'document.not_yours', '您只能查阅已送达您所在机构的文书和自己提交的材料', {
    field: 'actor',
    rule: '行政处罚法第四十七条',
  });

const inWords = (at: Date): string => `${dateInWords(dayOf(at))} ${timeOf(at)}`;
const row = (name: string, value: string): Rows['rows'] => (value === '' ? [] : [[name, value]]);

const withCredential = (name: string, credential = ''): string => (credential === '' ? name : `${name}（执法证号：${credential}）`);

/** The rows of a service that was recorded. */
const rowsOf = (one: Delivered): Rows['rows'] => [
  ['送达方式', MODES[one.mode].title],
  ['收件人', `${one.receiver}${one.capacity === null ? '' : `（${CAPACITIES[one.capacity]}）`}`],
  ['送达时间', inWords(one.at)],
  ...row('视为送达之日', one.mode === 'PUBLIC_NOTICE' ? dateInWords(dayOf(one.servedAt)) : ''),
  ...row('送达人', one.servers.map((name, i) => withCredential(name, one.credentials[i])).join('、')),
  ...row('见证人', one.witness),
  ...row('邮件号', one.postNumber),
  ...row('公告载体', one.publishedIn),
  ...row('公告送达的原因', one.reason),
];

/** The body of a 送达回证. `of`: the name of the file and the party that was served. */
export const receiptRows = (delivered: Delivered | null, of: { readonly file: Rows['rows'][number]; readonly party: string }): Rows => ({
  rows: [
    of.file,
    ['受送达人', of.party],
    ['送达文书', delivered ? `${delivered.title}（${delivered.number}）` : ''],
    ...(delivered ? rowsOf(delivered) : []),
    ['受送达人签名或者盖章', ''],
    ['送达人签名', ''],
    ['备注', ''],
  ],
});
