// The institution's evidence, the officers' re-checks, the end of a follow-up, and the open work of a case.
import type { Limits } from '@hengji/procedure';
import { FOLLOW_UPS, finishFollowUp, isOpenFollowUp } from '../../domain/aftermath/follow-up';
import { checkRectification, checkStopLifting, giveEvidence, isOpenRectification } from '../../domain/aftermath/rectification';
import { checkCompetence, type Actor } from '../../domain/competence';
import type { Aftermath, CheckAttachments } from '../cases/ports';
import type { Request, Transactions } from '../ports';
import type { CheckLifting, FindOrder, FollowUps, LookAtOrder, Rectifications } from './ports';

interface Deps<Tx> {
  readonly rectifications: Rectifications<Tx>;
  readonly followUps: FollowUps<Tx>;
  readonly limits: Limits<Tx>;
  readonly findOrder: FindOrder<Tx>;
  readonly lookAtOrder: LookAtOrder<Tx>;
  readonly checkAttachments: CheckAttachments<Tx>;
  readonly transactions: Transactions<Tx>;
  readonly now: () => Date;
}

interface Asked {
  readonly request: Request;
  readonly actor: Actor;
  readonly orderId: string;
}

/** Submits the institution's evidence; returns the case's id. Refuses as `giveEvidence`, `rectification.unknown`, `attachment.unknown`. */
export const handInEvidence =
  <Tx>({ rectifications, limits, findOrder, lookAtOrder, checkAttachments, transactions, now }: Deps<Tx>) =>
  ({ request, actor, orderId, text, attachmentIds }: Asked & { text: string; attachmentIds: readonly string[] }): Promise<string> =>
    transactions.once(request, async (tx) => {
      const at = now();
      const before = await rectifications.lock(tx, orderId);
      const next = giveEvidence(before, actor, { text, attachmentIds, by: actor.officerId, at });
      await checkAttachments(tx, before.caseId, attachmentIds, actor.institution);
      await rectifications.save(tx, before, next);
      const { caseId, institution } = before;
      const { authority } = await findOrder(tx, orderId);
      await limits.meet(tx, 'D-RECTIFY', { fileId: caseId, about: orderId }, at);
      await limits.start(tx, 'D-RECTIFY-CHECK', { fileId: caseId, about: orderId, institution, authority, startedAt: at });
      await lookAtOrder(tx, orderId);
      return caseId;
    });

/** Records one officer's re-check; returns the case's id. Refuses as `checkRectification`, `checkCompetence`, `rectification.unknown`. */
export const recheck =
  <Tx>({ rectifications, limits, findOrder, lookAtOrder, transactions, now }: Deps<Tx>) =>
  ({ request, actor, orderId, ...found }: Asked & { byName: string; passed: boolean; text: string }): Promise<string> =>
    transactions.once(request, async (tx) => {
      const at = now();
      const before = await rectifications.lock(tx, orderId);
      const { authority } = await findOrder(tx, orderId);
      checkCompetence(actor, authority);
      const next = checkRectification(before, { ...found, by: actor.officerId, at });
      await rectifications.save(tx, before, next);
      const { caseId, institution, dueOn } = before;
      if (next.state !== before.state) await limits.meet(tx, 'D-RECTIFY-CHECK', { fileId: caseId, about: orderId }, at);
      // A failed rectification is due again by the same day; a day in the past passes at once.
      if (next.state === 'FAILED')
        await limits.start(tx, 'D-RECTIFY', { fileId: caseId, about: orderId, institution, authority, startedAt: at, day: dueOn });
      await lookAtOrder(tx, orderId);
      return caseId;
    });

/** Closes a follow-up; returns the case's id. Refuses as `finishFollowUp`, `checkCompetence`, `follow_up.unknown`. */
export const finish =
  <Tx>({ followUps, limits, findOrder, lookAtOrder, transactions, now }: Deps<Tx>) =>
  ({ request, actor, orderId, kind, note }: Asked & { kind: string; note: string }): Promise<string> =>
    transactions.once(request, async (tx) => {
      const at = now();
      const before = await followUps.lock(tx, orderId, kind);
      checkCompetence(actor, (await findOrder(tx, orderId)).authority);
      await followUps.save(tx, finishFollowUp(before, note, actor.officerId, at));
      await limits.meet(tx, FOLLOW_UPS[before.kind].deadline, { fileId: before.caseId, about: orderId }, at);
      await lookAtOrder(tx, orderId);
      return before.caseId;
    });

/** The work that must be done before a case may be closed. */
export const aftermath = <Tx>({ rectifications, followUps }: Pick<Deps<Tx>, 'rectifications' | 'followUps'>): Aftermath<Tx> => ({
  open: async (tx, caseId) => {
    const left = (await rectifications.ofCase(tx, caseId)).filter(isOpenRectification);
    const work = (await followUps.ofCase(tx, caseId)).filter(isOpenFollowUp);
    return [
      ...left.map(({ dueOn }) => `责令的整改（期限${dueOn}）尚未复查合格`),
      ...work.map(({ kind }) => `善后事项“${FOLLOW_UPS[kind].title}”尚未办结`),
    ];
  },
});

/** The check of a lifting, in its transaction: refuses `order.rectification_open`. */
export const rectificationGate =
  <Tx>({ rectifications }: Pick<Deps<Tx>, 'rectifications'>): CheckLifting<Tx> =>
  async (tx, order, { ground, measures }) => {
    if (order.caseId === '') return;
    const withdraws = measures.includes('RECTIFY') ? order.id : '';
    const lifting = { liftsStop: measures.includes('STOP_EVALUATION'), ground, withdraws };
    checkStopLifting(lifting, await rectifications.ofCase(tx, order.caseId));
  };
