// proto ↔ use case for the registers of reconsiderations (行政复议) and suits (行政诉讼).
import type { Remedy as RemedyMessage } from '@hengji/contracts/enforcement/v1/remedy';
import {
  OpenRemedyRequest,
  TakeRemedyStepRequest,
  type RemedyServiceImplementation,
} from '@hengji/contracts/enforcement/v1/remedy_service';
import { Refusal } from '@hengji/domain-kit';
import type { CallerContext } from '@hengji/host';
import { earlierQuery } from '@hengji/participation';
import { readSteps } from '@hengji/procedure/tables';
import { isReached, reachOf } from '@hengji/province';
import type { Orders } from '../../../application/ports';
import type { Remedies } from '../../../application/remedies/ports';
import type { openingRemedy, takingRemedyStep } from '../../../application/remedies/take-remedy-step';
import { MEASURES } from '../../../domain/cascade';
import { visibleTo, type Actor } from '../../../domain/competence';
import { REMEDY_KINDS, REMEDY_RESULTS, REMEDY_STEPS, STAYED_BY, type OrderOfRemedy, type Remedy } from '../../../domain/remedies/remedy';
import { draftedLifting, type DraftedLifting } from '../../../domain/remedies/results';
import { REMEDY, STEPS } from '../../../domain/remedies/steps';
import type { Tx } from '../../store/database';
import { scopeMessage } from '../../messages';
import { doingOnce } from '../acts';
import { actorOf, caseIdOf, known, knownAll } from '../requests';

interface Deps {
  readonly remedies: Pick<Remedies<Tx>, 'get' | 'list'>;
  readonly orders: Pick<Orders<Tx>, 'get'>;
  readonly open: ReturnType<typeof openingRemedy<Tx>>;
  readonly take: ReturnType<typeof takingRemedyStep<Tx>>;
  readonly now: () => Date;
}

const liftingMessage = (orderId: string, { ground, reason, scope, measures }: DraftedLifting): RemedyMessage['lifting'] => ({
  ...{ orderId, ground, reason, measures: [...measures] },
  scope: scope === null ? undefined : scopeMessage(scope),
});

/** A judgment of the first instance has no effect while an appeal is possible; the authority may lift all the same. */
const noteOf = ({ kind, result }: Remedy, drafted: DraftedLifting | null, order: OrderOfRemedy | null): string => {
  if (!drafted) return '';
  if (order?.state === 'DRAFT' || order?.state === 'PREVIEWED')
    return '处理决定尚未签发，无需解除：以办案步骤“自行纠正”撤回，再登记“以其他方式落实结果”';
  return kind === 'SUIT' ? `一审判决自送达（${result?.servedOn ?? ''}）之日起十五日内可以上诉，上诉期内尚未生效` : '';
};

const LISTED = { entries: [], nextSteps: [], lifting: undefined, liftingNote: '' } as const;

/** The remedy without its record, for lists. */
const listed = (remedy: Remedy): RemedyMessage => {
  const { id, kind, state, institution, authority, caseId, orderId, against, follows, applicant, body, bodyNo, receivedOn, stayed } =
    remedy;
  return {
    ...{
      remedyId: id,
      kind,
      state,
      institution,
      authority,
      caseId,
      orderId,
      against,
      follows,
      applicant,
      body,
      bodyNo,
      receivedOn,
      stayed,
    },
    result: remedy.result?.word ?? 'UNSPECIFIED',
    resultOn: remedy.result?.on ?? '',
    resultNo: remedy.result?.documentNo ?? '',
    resultServedOn: remedy.result?.servedOn ?? '',
    openedAt: remedy.openedAt,
    ...{ ...LISTED, entries: [], nextSteps: [] },
  };
};

const message = (remedy: Remedy, order: OrderOfRemedy | null, { actor, now }: { actor: Actor; now: Date }): RemedyMessage => {
  const drafted = draftedLifting(remedy);
  const { allowed } = readSteps(REMEDY, { file: remedy, actor, person: actor.officerId, around: { now, order } });
  return {
    ...listed(remedy),
    entries: remedy.entries.map(({ documentIds: _, ...entry }) => ({
      ...entry,
      title: STEPS[entry.step].title,
      attachmentIds: [...entry.attachmentIds],
    })),
    lifting: drafted ? liftingMessage(remedy.orderId, drafted) : undefined,
    liftingNote: noteOf(remedy, drafted, order),
    nextSteps: allowed.map((one) => ({ ...one, needs: [...one.needs] })),
  };
};

const orNull = <W extends string>(words: readonly W[], text: string, field: string): W | null =>
  text === 'UNSPECIFIED' ? null : known(words, text, field);

export const remedyServer = ({ remedies, orders, open, take, now }: Deps): RemedyServiceImplementation<CallerContext> => {
  const read = async (id: string, actor: Actor): Promise<{ remedy: RemedyMessage }> => {
    const remedy = await remedies.get(id);
    if (!isReached(reachOf(actor), remedy))
      throw new Refusal('forbidden', 'remedy.out_of_territory', '您无权查看这件复议、诉讼', { field: 'actor', rule: 'rules §7.9' });
    const order = remedy.orderId === '' ? null : await orders.get(remedy.orderId);
    return { remedy: message(remedy, order, { actor, now: now() }) };
  };
  return {
    openRemedy: async (request, call) => {
      const actor = actorOf(request.actor);
      const { orderId, follows, applicant, body, bodyNo, receivedOn, text, attachmentIds } = request;
      const id = await open({
        request: doingOnce('openRemedy', OpenRemedyRequest, request, call),
        ...{ actor, byName: request.actor?.name ?? '', caseId: caseIdOf(request), orderId, follows, applicant, body, bodyNo, receivedOn },
        kind: known(REMEDY_KINDS, request.kind, 'kind'),
        ...{ text, attachmentIds },
      });
      return read(id, actor);
    },
    takeRemedyStep: async (request, call) => {
      const actor = actorOf(request.actor);
      const step = known(REMEDY_STEPS, request.step, 'step');
      const { remedyId, day, documentNo, text, attachmentIds, servedOn } = request;
      const doing = doingOnce('takeRemedyStep', TakeRemedyStepRequest, request, call);
      const id = await take({
        request: { ...doing, what: `${doing.what} ${step}` },
        ...{ actor, byName: request.actor?.name ?? '', remedyId, step, day, documentNo, text, attachmentIds, servedOn, service: null },
        stayedBy: orNull(STAYED_BY, request.stayedBy, 'stayed_by'),
        result: orNull(REMEDY_RESULTS, request.result, 'result'),
        measures: knownAll(MEASURES, request.measures, 'measures'),
        scope: request.scope ?? null,
      });
      return read(id, actor);
    },
    getRemedy: async ({ actor, remedyId }) => read(remedyId, actorOf(actor)),
    listRemedies: async (request) => {
      const visible = visibleTo(actorOf(request.actor));
      if (!visible) return { remedies: [], next: '', total: undefined, institutions: [] };
      const { remedies: found, ...page } = await remedies.list({ visible, query: request.query ?? earlierQuery(undefined, {}) });
      return { remedies: found.map(listed), ...page };
    },
  };
};
