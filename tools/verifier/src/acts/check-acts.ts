// A file of acts (办理记录), line by line: each act at its place with the hash that its content and the act before it give, each
// checkpoint with the signature of its service over the hash of the act before. It stops at the first line that does not hold, and
// names its act: what comes behind it rests on it.
import { canonical, checkSignature, type JsonValue, type Statement, type TrustedKey } from '@hengji/host';
import { chainHash, NOTHING_BEFORE, type ChainedAct } from '@hengji/procedure';
import { Findings } from '../findings';
import { count, list, members, sha256Hex, signedText, text, time, WrongShape, type Fields } from '../shapes';

const ACT = ['type', 'position', 'previous', 'hash', 'at', 'by', 'what', 'on', 'evidence', 'orderId', 'caseId', 'purpose', 'requestId'];
const BY = ['kind', 'id', 'account', 'name', 'role', 'post', 'authority', 'institution'] as const;
const ON = ['kind', 'id', 'institution'] as const;
const CHECKPOINT = ['type', 'service', 'number', 'position', 'hash', 'at'];

const texts = <Name extends string>(value: unknown, path: string, names: readonly Name[]): Record<Name, string> => {
  const fields = members(value, path, names);
  return Object.fromEntries(names.map((name) => [name, text(fields[name], `${path}.${name}`)])) as Record<Name, string>;
};

const kindOf = (kind: string): 'PERSON' | 'SERVICE' => {
  if (kind === 'PERSON' || kind === 'SERVICE') return kind;
  throw new WrongShape('by.kind 应为 PERSON 或 SERVICE');
};

const actOf = (line: Fields): ChainedAct => {
  const fields = members(line, '办理记录', ACT);
  const by = texts(fields['by'], 'by', BY);
  const told = (name: string): string => text(fields[name], name);
  return {
    by: { ...by, kind: kindOf(by.kind) },
    on: texts(fields['on'], 'on', ON),
    evidence: list(fields['evidence'], 'evidence').map((one, i) => text(one, `evidence[${i}]`)),
    ...{ what: told('what'), orderId: told('orderId'), caseId: told('caseId'), purpose: told('purpose'), requestId: told('requestId') },
    position: count(fields['position'], 'position'),
    at: time(fields['at'], 'at'),
    previous: sha256Hex(fields['previous'], 'previous'),
    hash: sha256Hex(fields['hash'], 'hash'),
  };
};

/** How far the file has been found good. */
interface Reached {
  readonly position: bigint;
  readonly hash: string;
  /** Of the last checkpoint. */
  readonly number: bigint;
  readonly covered: bigint;
  readonly service: string;
}

const BEGINNING: Reached = { position: 0n, hash: NOTHING_BEFORE, number: 0n, covered: 0n, service: '' };

/** A line that does not hold. */
class Broken extends Error {
  constructor(
    readonly check: string,
    message: string,
  ) {
    super(message);
  }
}

const demand = (check: string, ok: boolean, message: string): void => {
  if (!ok) throw new Broken(check, message);
};

const withAct = (reached: Reached, act: ChainedAct): Reached => {
  const expected = reached.position + 1n;
  const { position, hash, previous } = act;
  demand('acts.missing', position <= expected, `第${expected}条办理记录缺失，或次序被打乱（其后是第${position}条）`);
  demand('acts.order', position === expected, `第${position}条办理记录重复，或次序被打乱（此处应为第${expected}条）`);
  demand('acts.altered', previous === reached.hash && chainHash(act) === hash, `第${position}条办理记录被改动`);
  return { ...reached, position, hash };
};

const withCheckpoint = (reached: Reached, keys: readonly TrustedKey[], line: unknown): Reached => {
  const { statement, signature } = signedText(line, '检查点');
  const fields = members(statement, '检查点', CHECKPOINT);
  const service = text(fields['service'], 'service');
  const [number, position] = [count(fields['number'], 'number'), count(fields['position'], 'position')];
  const name = `第${number}个检查点`;
  demand('acts.checkpoint.type', statement.type === 'hengji.acts.checkpoint.v1', `不认识的类型：${statement.type}`);
  demand('acts.checkpoint.service', reached.service === '' || reached.service === service, `${name}是另一服务（${service}）的`);
  demand('acts.checkpoint.missing', number === reached.number + 1n, `第${reached.number + 1n}个检查点缺失（此处是第${number}个）`);
  checkSignature(keys, statement as unknown as Statement, signature, { service, signedAt: time(fields['at'], 'at') });
  demand(
    'acts.missing',
    position <= reached.position,
    `第${reached.position + 1n}条至第${position}条办理记录缺失：${name}签名时它们已在链上`,
  );
  const isSame = position === reached.position && sha256Hex(fields['hash'], 'hash') === reached.hash;
  demand(
    'acts.rewritten',
    isSame,
    `第${reached.covered + 1n}条至第${position}条办理记录中有被改动、删除或插入后重新计算的：与${name}签名的不符`,
  );
  return { ...reached, number, covered: position, service };
};

const parse = (line: string, at: number): Fields => {
  try {
    const value = JSON.parse(line) as JsonValue;
    if (canonical(value) === line) return members(value, `第${at}行`);
  } catch (failure) {
    if (failure instanceof WrongShape) throw failure;
  }
  throw new Broken('acts.canonical', '不是规范形式（RFC 8785）的JSON：被改动或重新排版过');
};

const sum = (found: Findings, { position, number, covered, service }: Reached): void => {
  found.note('acts.chain', position > 0n, `第1条至第${position}条办理记录首尾相接，未见改动、缺失`, '文件中没有办理记录');
  found.note(
    'acts.covered',
    number > 0n,
    `其中第1条至第${covered}条由 ${service} 的${number}个检查点签名`,
    '没有任何检查点：整条链可以重新计算，不能证明什么',
  );
  // Not a fault: the newest acts wait for the next checkpoint. But it is all that is known of them.
  if (covered < position)
    found.note('acts.open', true, `第${covered + 1n}条至第${position}条尚无检查点：它们有无改动、其后有无删除，不能证明`);
};

/** Everything that was looked at, up to the first line that does not hold. Never throws for what is in the file. */
export const checkActs = (lines: Iterable<string>, keys: readonly TrustedKey[]): Findings => {
  const found = new Findings();
  let reached = BEGINNING;
  let at = 0;
  try {
    for (const line of lines) {
      at += 1;
      const fields = parse(line, at);
      reached = fields['type'] === 'hengji.act.v1' ? withAct(reached, actOf(fields)) : withCheckpoint(reached, keys, fields);
    }
    sum(found, reached);
  } catch (failure) {
    if (!(failure instanceof Error)) throw failure;
    const check = failure instanceof Broken ? failure.check : 'acts.line';
    found.note(check, false, `第${at}行（第${reached.position}条之后）：${failure.message}`);
  }
  return found;
};
