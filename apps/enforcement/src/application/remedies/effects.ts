// What a step of a remedy does beside its record, in the transaction of the step: the limits of the answer and of the next instance,
// and the execution of the order, which a stay stops and its end resumes.
import type { Limits } from '@hengji/procedure';
import type { Actor } from '../../domain/competence';
import type { Order } from '../../domain/order';
import { LIMITS_OF, opensNext, startOf } from '../../domain/remedies/limits';
import type { Remedy, RemedyEntry } from '../../domain/remedies/remedy';
import { decideResume, decideSuspend, SUSPENSION_RULES } from '../../domain/suspension';
import type { Orders } from '../ports';
import type { Supersede } from '../reversal/supersede-order';
import type { LookAtEnforcement } from './enforcement-time';
import type { Remedies } from './ports';

export interface EffectDeps<Tx> {
  readonly orders: Pick<Orders<Tx>, 'update'>;
  readonly findOrder: (tx: Tx, id: string) => Promise<Order>;
  readonly supersede: Supersede<Tx>;
  readonly remedies: Pick<Remedies<Tx>, 'ofCase'>;
  readonly limits: Limits<Tx>;
  readonly lookAtEnforcement: LookAtEnforcement<Tx>;
  readonly now: () => Date;
}

const limitOf = (remedy: Remedy) => ({ fileId: remedy.caseId, about: remedy.id });

/** The papers were received: the answer is due, and the party has used its time. */
export const startAnswer = async <Tx>({ limits }: Pick<EffectDeps<Tx>, 'limits'>, tx: Tx, remedy: Remedy): Promise<void> => {
  const { kind, caseId: fileId, institution, authority, follows, receivedOn } = remedy;
  const startedAt = startOf(receivedOn);
  const { answer, meets, next } = { answer: undefined, meets: undefined, next: undefined, ...LIMITS_OF[kind] };
  if (meets) await limits.meet(tx, meets, { fileId }, startedAt);
  for (const code of follows === '' ? [] : Object.values(LIMITS_OF).flatMap((one) => ('next' in one ? [one.next] : [])))
    if (code !== next) await limits.meet(tx, code, { fileId, about: follows }, startedAt);
  if (answer) await limits.start(tx, answer, { ...limitOf(remedy), institution, authority, startedAt });
};

/** The answer meets its limit on its own day; a result ends what is open, and opens the time for the next instance. */
export const moveLimitsOf = async <Tx>({ limits }: Pick<EffectDeps<Tx>, 'limits'>, tx: Tx, remedy: Remedy, entry: RemedyEntry) => {
  const { answer, next } = { answer: undefined, next: undefined, ...LIMITS_OF[remedy.kind] };
  const at = startOf(entry.day);
  if (entry.step === 'ANSWER' && answer) await limits.meet(tx, answer, limitOf(remedy), at);
  if (entry.step !== 'RESULT' || !remedy.result) return;
  if (answer) await limits.cancel(tx, limitOf(remedy), at, [answer]);
  if (next && opensNext(remedy)) {
    const { institution, authority } = remedy;
    await limits.start(tx, next, { ...limitOf(remedy), institution, authority, startedAt: startOf(remedy.result.servedOn) });
  }
};

const reasonOf = ({ body, bodyNo }: Remedy, { documentNo, text }: RemedyEntry): string =>
  `${body}${documentNo === '' ? `（${bodyNo}）` : `（${documentNo}）`}：${text}`.slice(0, 2_000);

/** Whether a stay can stop something: an order that is not signed yet is kept back at its signature instead. */
const canBeStopped = ({ state, suspension }: Order): boolean => SUSPENSION_RULES[state] !== null && !suspension;

/**
 * Stops or resumes the execution where the stay of the remedy changed; returns the remedy. An order that was suspended without
 * this register, or that another remedy still stays, is not resumed.
 */
export const applyStay = async <Tx>(deps: EffectDeps<Tx>, tx: Tx, change: StayChange): Promise<Remedy> => {
  const { before, remedy, actor } = change;
  const { orderId, caseId, id } = remedy;
  const entry = remedy.entries.at(-1);
  if (orderId === '' || before.stayed === remedy.stayed || !entry) return remedy;
  const order = await deps.findOrder(tx, orderId);
  const asked = { actor, reason: reasonOf(remedy, entry), now: deps.now() };
  if (remedy.stayed) {
    if (!canBeStopped(order)) return { ...remedy, stayApplied: (await staying(deps, tx, { caseId, orderId, id })).length > 0 };
    await deps.supersede(tx, await deps.orders.update(tx, orderId, (one) => decideSuspend(one, asked)));
    return { ...remedy, stayApplied: true };
  }
  const others = await staying(deps, tx, { caseId, orderId, id });
  if (before.stayApplied && others.length === 0 && order.suspension)
    await deps.supersede(tx, await deps.orders.update(tx, orderId, (one) => decideResume(one, asked)));
  return { ...remedy, stayApplied: false };
};

interface StayChange {
  readonly before: Remedy;
  readonly remedy: Remedy;
  readonly actor: Actor;
}

/** Other remedies whose stay stops the order. */
const staying = async <Tx>(
  { remedies }: Pick<EffectDeps<Tx>, 'remedies'>,
  tx: Tx,
  { caseId, orderId, id }: { readonly caseId: string; readonly orderId: string; readonly id: string },
): Promise<Remedy[]> =>
  (await remedies.ofCase(tx, caseId)).filter((one) => one.id !== id && one.orderId === orderId && one.stayed && one.stayApplied);
