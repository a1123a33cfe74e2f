// The reason why a message is parked, in words: codes of seals, and the English log messages of readers and handlers.
const SEAL_REASONS: Readonly<Record<string, string>> = {
  'seal.wrong_source': '来源不是本主题的发布方',
  'seal.missing': '没有签封',
  'seal.forged': '签封与内容不符',
  'seal.wrong_key': '签封密钥不属于发布方',
  'seal.key_unknown': '签封密钥不在公钥清单中',
  'seal.key_revoked': '签封密钥已作废',
  'seal.key_retired': '签封密钥在签封时已停用',
  'seal.key_not_yet_valid': '签封密钥在签封时尚未启用',
};

const SAYINGS: readonly (readonly [RegExp, string])[] = [
  [/^waits behind a parked message/, '排在同一机构的滞留消息之后'],
  [/^malformed bytes/, '内容损坏,无法解析'],
  [/^record has .* bytes/, '超过单条消息的大小上限'],
  [/^record has .* elements/, '超过单条消息的元素个数上限'],
  [/^envelope without meta or event id/, '缺少消息标识'],
  [/^sequence /, '序号超出范围'],
  [/^key .* is not the institution/, '键与消息内的机构不一致'],
  [/^envelope of another event/, '消息头与内容不是同一事件'],
  [/^envelope without a body known here|^no handler for/, '本服务尚不认识的消息类型,升级后重放'],
  [/^the process died/, '处理该消息时进程屡次崩溃'],
  [/^NotSealed: /, '决定未经执法服务签章'],
];

/** The reason in words, with the code or the beginning of the log message behind it. */
export const parkedReason = (reason: string): string => {
  const words = SEAL_REASONS[reason] ?? SAYINGS.find(([saying]) => saying.test(reason))?.[1] ?? '处理失败';
  return `${words}(${reason})`;
};

/** An unreadable message has no type. */
export const parkedType = (type: string): string => (type === 'unreadable' ? '未解析' : type);

export const PARKED_STATES: Readonly<Record<string, string>> = { poison: '出错', behind: '排在其后', quarantined: '已隔离' };
