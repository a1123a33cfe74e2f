// A case led by the permitted people over gRPC: to the state where an order can be drafted, and from there to the state
// where it can be signed.
import { randomUUID } from 'node:crypto';
import { Particulars, type Case, type CaseStep, type ServiceFacts } from '@hengji/contracts/enforcement/v1/case';
import { TakeStepRequest, type CaseServiceClient } from '@hengji/contracts/enforcement/v1/case_service';
import { Actor } from '@hengji/contracts/meta/v1/meta';
import { dayOf } from '@hengji/domain-kit';
import { pdfOf, upload } from './attachments';

/** The posts of the people of the specs; everybody else is no head. */
const POSTS: Readonly<Record<string, 'HEAD' | 'DEPARTMENT_HEAD'>> = {
  ...{ signer: 'HEAD', deputy: 'HEAD', 'province-head': 'HEAD' },
  reviewer: 'DEPARTMENT_HEAD',
};
export const postOf = (officerId: string): Pick<Actor, 'postLevel'> => ({ postLevel: POSTS[officerId] });

/** 承办人 of every case, the main one first. */
export const HANDLERS = ['drafter', 'verifier-a', 'verifier-b'] as const;

/** Officers of the authority in the institution's code; the province's officers if the code has no authority. */
export const officerOf = (institution: string, officerId: string): Actor => {
  const place = institution.slice(7, 9);
  return place === '00'
    ? Actor.fromPartial({ officerId, name: officerId, role: 'PROVINCE_OFFICER', authority: 'LN', ...postOf(officerId) })
    : Actor.fromPartial({ officerId, name: officerId, role: 'CITY_OFFICER', authority: `21${place}`, ...postOf(officerId) });
};
export const partyOf = (institution: string): Actor =>
  Actor.fromPartial({ officerId: `party-${institution}`, name: '机构负责人', role: 'INSTITUTION', institution });

type Word = Exclude<CaseStep, 'UNSPECIFIED'>;

/** The default person for each step; an institution takes its own steps itself. */
const WHO: Partial<Record<Word, string>> = {
  VERIFY: 'verifier-a',
  FIND_FOUNDED: 'verifier-a',
  REVIEW: 'reviewer',
  RETURN_REVIEW: 'reviewer',
  LEGAL_CHECK: 'checker',
  RETURN_PROPOSAL: 'checker',
  DECIDE: 'signer',
  RETURN_DECISION: 'signer',
  APPROVE_TRANSFER: 'signer',
};
const PARTY_STEPS: readonly Word[] = ['REPLY', 'WAIVE_REPLY', 'REQUEST_HEARING'];
const ABOUT_DRAFT: readonly Word[] = ['ISSUE_NOTICE', 'PROPOSE', 'LEGAL_CHECK', 'DISCUSS', 'DECIDE'];
/** The notice is issued before it is served. */
const TO_PUBLISHED: readonly Word[] = [
  ...(['ISSUE_NOTICE', 'SERVE_NOTICE', 'WAIVE_REPLY', 'PROPOSE', 'REVIEW', 'LEGAL_CHECK', 'DISCUSS', 'DECIDE'] as const),
  ...(['SERVE_DECISION', 'PUBLISH'] as const),
];
const SERVED: readonly Word[] = ['SERVE_NOTICE', 'SERVE_DECISION'];

export interface CaseWalk {
  open(institution: string, change?: { actor?: Actor; requestId?: string }): Promise<Case>;
  /** With the evidence and the proof that the step needs; SERVE_NOTICE issues the notice first if none is issued. */
  take(theCase: Case, step: Word, change?: Partial<TakeStepRequest>): Promise<Case>;
  /** Uploads a file of this kind of evidence; returns its id. */
  attach(theCase: Pick<Case, 'caseId'>, actor: Actor, kind: 'INSPECTION_RECORD' | 'OTHER'): Promise<string>;
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

/** The facts of a service in person at this time. */
export const inPerson = (servedAt: Date): ServiceFacts => ({
  ...{
    servedAt,
    capacity: 'LEGAL_REPRESENTATIVE',
    servers: ['张三', '李四'],
    credentials: [],
    witness: '',
    postNumber: '',
    publishedIn: '',
    reason: '',
  },
});

const POINTS = ['SUBJECT', 'FACTS', 'EVIDENCE', 'BASIS', 'PROCEDURE', 'DISCRETION'] as const;

/** What each step states, complete: of this person, on this day. */
const statedBy = (step: Word, { officerId }: Actor, now: Date): Particulars => {
  const failed = step === 'RETURN_PROPOSAL' ? 'PROCEDURE' : '';
  return Particulars.fromPartial({
    credential: `2101${Buffer.from(officerId).toString('hex').toUpperCase()}`.padEnd(8, '0').slice(-18),
    ...{ noInterest: true, waived: ['REPLY', 'HEARING'], receivedOn: dayOf(now) },
    legalFindings: POINTS.map((point) => ({ point, passed: point !== failed, remark: point === failed ? '程序有误' : '' })),
    discussion: { heldOn: dayOf(now), participants: ['甲', '乙', '丙'], conclusion: '同意' },
  });
};

const isNoticeIssued = ({ entries }: Case): boolean =>
  entries.findLastIndex(({ step }) => step === 'ISSUE_NOTICE') > entries.findLastIndex(({ step }) => step === 'SERVE_NOTICE');

const READER = Actor.fromPartial({ officerId: 'reader', role: 'AUDITOR', authority: 'LN' });

/** `now`: the clock of the service. */
export const caseWalk = (client: () => CaseServiceClient, now = (): Date => new Date()): CaseWalk => {
  const get: CaseWalk['get'] = async (caseId, actor = READER) => must((await client().getCase({ actor, caseId })).case);
  const attach: CaseWalk['attach'] = async ({ caseId }, actor, kind) =>
    (await upload(client(), { actor, caseId, kind, name: '材料.pdf' }, pdfOf(randomUUID()))).attachmentId;
  const needsOf = async (theCase: Case, step: Word, actor: Actor): Promise<Partial<TakeStepRequest>> => {
    const particulars = statedBy(step, actor, now());
    if (step === 'VERIFY') return { particulars, attachmentIds: [await attach(theCase, actor, 'INSPECTION_RECORD')] };
    if (step === 'DISCUSS') return { particulars, attachmentIds: [await attach(theCase, actor, 'OTHER')] };
    if (PARTY_STEPS.includes(step) && actor.role !== 'INSTITUTION')
      return { particulars, attachmentIds: [await attach(theCase, actor, 'OTHER')] };
    if (!SERVED.includes(step)) return { particulars };
    return { mode: 'IN_PERSON', receiver: '王校长', service: inPerson(now()), attachmentIds: [await attach(theCase, actor, 'OTHER')] };
  };
  const take: CaseWalk['take'] = async (theCase, step, change = {}) => {
    const { institution, caseId } = theCase;
    const actor = PARTY_STEPS.includes(step) ? partyOf(institution) : officerOf(institution, WHO[step] ?? 'drafter');
    if (step === 'SERVE_NOTICE' && !isNoticeIssued(await get(caseId))) {
      const { text, orderId } = TakeStepRequest.fromPartial(change);
      await take(theCase, 'ISSUE_NOTICE', { orderId, ...(text === '' ? {} : { text }) });
    }
    const needed = await needsOf(theCase, step, change.actor ?? actor);
    const actEnd = step === 'OPEN_PENALTY' ? { endedOn: '2026-11-01' } : undefined;
    const officerIds = step === 'TRIAGE' || step === 'NAME_OFFICERS' ? [...HANDLERS] : [];
    const stated = { actEnd, officerIds, ...needed };
    const request = TakeStepRequest.fromPartial({ requestId: randomUUID(), actor, caseId, step, text: `${step}的记录`, ...stated });
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
    attach,
    get,
    founded: async (institution) => {
      const verified = await inTurn(await open(institution), ['TRIAGE', 'VERIFY']);
      const both = await take(verified, 'VERIFY', { actor: officerOf(institution, 'verifier-b') });
      return take(both, 'FIND_FOUNDED');
    },
    publish: (theCase, orderId) => inTurn(theCase, TO_PUBLISHED, orderId),
  };
};
