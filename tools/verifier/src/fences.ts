// The fences (围栏): each service has signed since when nothing new could be made in it inside the order's scope.
import { checkAttested, keyOf, readAttested, same, type AttestedKind, type DecidedBy, type Inside } from './attested';
import { isTransfer, SERVICES } from './demands';
import { count, list, sha256Hex, signedText, time, truth } from './shapes';

const KIND: AttestedKind = {
  type: 'hengji.fence.v1',
  members: ['epoch', 'scope', 'standing', 'placedAt', 'signedAt'],
  at: 'signedAt',
};
const STOP = 'STOP_EVALUATION';

export interface Fence {
  readonly service: string;
  readonly placedAt: Date;
  readonly signedAt: Date;
}

/** A hold that stays is known as one until M1 is lifted; whether it was one, a service cannot say afterwards. */
const isStanding = ({ order, liftings }: DecidedBy, standing: boolean): boolean =>
  liftings.some(({ measures }) => measures.includes(STOP)) || standing === (order?.measures.includes(STOP) ?? false);

const checkFence = (inside: Inside, decided: DecidedBy, value: unknown, path: string): Fence[] => {
  const { found, orderId } = inside;
  const fence = readAttested(signedText(value, path), KIND, path);
  const { fields, service, at: signedAt } = fence;
  const placedAt = time(fields['placedAt'], `${path}.placedAt`);
  const isSigned = found.attempt('fence.signature', `${service} 的围栏由其签名（${keyOf(fence)}）`, () => checkAttested(inside, fence));
  const epoch = String(count(fields['epoch'], `${path}.epoch`));
  const scope = sha256Hex(fields['scope'], `${path}.scope`);
  const isOwn = found.note(
    'fence.order',
    fields['type'] === KIND.type &&
      fields['orderId'] === orderId &&
      epoch === decided.order?.epoch &&
      scope === decided.order.scope &&
      isStanding(decided, truth(fields['standing'], `${path}.standing`)),
    `${service} 的围栏正是本处理决定的次序号、范围和措施`,
    `${service} 的围栏属于另一处理决定、次序号、范围或措施`,
  );
  return isSigned && isOwn ? [{ service, placedAt, signedAt }] : [];
};

export const checkFences = (inside: Inside, decided: DecidedBy): Fence[] => {
  const { found, statement } = inside;
  const given = list(statement['fences'], 'fences');
  const fences = given.flatMap((one, i) => checkFence(inside, decided, one, `fences[${i}]`));
  // A transfer hands a package over and stops nobody.
  const transfer = decided.order !== undefined && isTransfer(decided.order.measures);
  const names = fences.map(({ service }) => service).sort();
  found.note(
    'fences.complete',
    same(names, transfer ? [] : SERVICES) && fences.length === given.length,
    transfer ? '移送决定不设围栏' : '五个服务均已设围栏',
    '围栏不齐全、重复，或不应有围栏',
  );
  return fences;
};
