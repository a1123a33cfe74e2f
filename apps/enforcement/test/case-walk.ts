// A case led by the permitted people over gRPC: to the state where an order can be drafted, and from there to the state
// where it can be signed.
import { randomUUID } from 'node:crypto';
import { type CaseStep, type Case } from '@hengji/contracts/enforcement/v1/case';
import { TakeStepRequest, type CaseServiceClient } from '@hengji/contracts/enforcement/v1/case_service';
import { Actor } from '@hengji/contracts/meta/v1/meta';

/** Officers of the authority in the institution's code; the province's officers if the code has no authority. */
export const officerOf = (institution: string, officerId: string): Actor => {
  const place = institution.slice(7, 9);
  return place === '00'
    ? Actor.fromPartial({ officerId, name: officerId, role: 'PROVINCE_OFFICER', authority: 'LN' })
    : Actor.fromPartial({ officerId, name: officerId, role: 'CITY_OFFICER', authority: `21${place}` });
};
export const partyOf = (institution: string): Actor =>
  Actor.fromPartial({ officerId: `party-${institution}`, name: '机构负责人', role: 'INSTITUTION', institution });

type Word = Exclude<CaseStep, 'UNSPECIFIED'>;

/** The default person for each step; an institution takes its own steps itself. */
const WHO: Partial<Record<Word, string>> = {
  VERIFY: 'verifier-a',
  FIND_FOUNDED: 'verifier-a',
  LEGAL_CHECK: 'checker',
  DECIDE: 'signer',
  APPROVE_TRANSFER: 'signer',
};
const PARTY_STEPS: readonly Word[] = ['REPLY', 'WAIVE_REPLY', 'REQUEST_HEARING'];
const ABOUT_DRAFT: readonly Word[] = ['SERVE_NOTICE', 'PROPOSE', 'LEGAL_CHECK', 'DECIDE'];
const SERVED: readonly Word[] = ['SERVE_NOTICE', 'SERVE_DECISION'];

export interface CaseWalk {
  open(institution: string, change?: { actor?: Actor; requestId?: string }): Promise<Case>;
  take(theCase: Case, step: Word, change?: Partial<TakeStepRequest>): Promise<Case>;
  get(caseId: string, actor?: Actor): Promise<Case>;
  /** Verified by two officers and founded: orders can be drafted. */
  founded(institution: string): Promise<Case>;
  /** Noticed, heard by waiver, proposed, checked, decided, served, published; about this draft if there are several. */
  publish(theCase: Case, orderId?: string): Promise<Case>;
}

const must = (theCase: Case | undefined): Case => {
  if (!theCase) throw new Error('an answer without a case');
  return theCase;
};

export const caseWalk = (client: () => CaseServiceClient): CaseWalk => {
  const take: CaseWalk['take'] = async (theCase, step, change = {}) => {
    const { institution, caseId } = theCase;
    const actor = PARTY_STEPS.includes(step) ? partyOf(institution) : officerOf(institution, WHO[step] ?? 'drafter');
    const service = SERVED.includes(step) ? { mode: 'IN_PERSON' as const, receiver: '法定代表人' } : {};
    const request = TakeStepRequest.fromPartial({ requestId: randomUUID(), actor, caseId, step, text: `${step}的记录`, ...service });
    return must((await client().takeStep({ ...request, ...change })).case);
  };
  const inTurn = async (theCase: Case, steps: readonly Word[], orderId = ''): Promise<Case> => {
    let now = theCase;
    for (const step of steps) now = await take(now, step, ABOUT_DRAFT.includes(step) ? { orderId } : {});
    return now;
  };
  const open: CaseWalk['open'] = async (institution, { actor = officerOf(institution, 'drafter'), requestId = randomUUID() } = {}) =>
    must(
      (
        await client().openCase({
          requestId,
          actor,
          institution,
          source: 'COMPLAINT',
          grounds: ['CERTIFICATES_WITHOUT_EXAM'],
          summary: '举报不考试就发证',
        })
      ).case,
    );
  return {
    open,
    take,
    get: async (caseId, actor = Actor.fromPartial({ officerId: 'reader', role: 'AUDITOR', authority: 'LN' })) =>
      must((await client().getCase({ actor, caseId })).case),
    founded: async (institution) => {
      const verified = await inTurn(await open(institution), ['TRIAGE', 'VERIFY']);
      const both = await take(verified, 'VERIFY', { actor: officerOf(institution, 'verifier-b') });
      return take(both, 'FIND_FOUNDED');
    },
    publish: (theCase, orderId) =>
      inTurn(theCase, ['SERVE_NOTICE', 'WAIVE_REPLY', 'PROPOSE', 'LEGAL_CHECK', 'DECIDE', 'SERVE_DECISION', 'PUBLISH'], orderId),
  };
};
