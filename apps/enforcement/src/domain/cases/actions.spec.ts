// The actions beside the steps that a case file offers, by person.
import { INTERIM, inState, OTHER, PARTY } from '../../../test/cases';
import { RECTIFICATION_STATES } from '../aftermath/rectification';
import type { Actor } from '../competence';
import { caseActions, documentActions, followUpActions, rectificationActions } from './actions';
import { CASE_STATES, type Case } from './case';

const ELSEWHERE: Actor = { ...OTHER, authority: '2102' };
const AUDITOR: Actor = { officerId: 'a1', role: 'AUDITOR', authority: 'LN', institution: '' };

const at = (state: Case['state'], change: Partial<Case> = {}): Case => ({ ...inState('FOUNDED'), ...change, state });

it('offers a draft from the finding to the decision, and while a reported transfer is not sent', () => {
  const draftable = CASE_STATES.filter((state) => caseActions(at(state), OTHER).includes('draftOrder'));
  expect(draftable).toEqual(['FOUNDED', 'NOTICE_SERVED', 'HEARING', 'HEARD', 'PROPOSED', 'LEGAL_CHECKED']);
  const late = (transferTrack: Case['transferTrack']) => caseActions(at('UNFOUNDED', { transferTrack }), OTHER);
  expect([late('reported'), late('approved'), late('sent'), late('none')]).toEqual([['draftOrder'], ['draftOrder'], [], []]);
});

it('offers documents that no step issues while the decision is carried out', () => {
  expect(CASE_STATES.filter((state) => caseActions(at(state), OTHER).includes('issueDocument'))).toEqual(['EXECUTING', 'RECHECK']);
});

it('offers nothing to people who do not handle the case', () => {
  expect([ELSEWHERE, PARTY, AUDITOR].flatMap((actor) => caseActions(at('FOUNDED'), actor))).toEqual([]);
});

it('offers the service of a document once, if no step serves it', () => {
  const reading = { theCase: at('EXECUTING'), orders: [INTERIM], actor: OTHER };
  const offered = (kind: Parameters<typeof documentActions>[0]['kind'], more = {}) =>
    documentActions({ kind, orderId: '', isServed: false, ...more }, reading).includes('serve');
  const kinds = ['NOTICE', 'DECISION', 'RECTIFICATION', 'TRANSFER', 'RECOVERY', 'DEMAND', 'SERVICE_RECEIPT', 'LIFTING'] as const;
  expect(kinds.filter((kind) => offered(kind))).toEqual(['RECTIFICATION', 'RECOVERY', 'DEMAND', 'LIFTING']);
  expect([offered('DECISION', { orderId: INTERIM.id }), offered('DEMAND', { isServed: true })]).toEqual([true, false]);
});

it('lets the institution submit evidence again after a failed re-check, and not after the rectification has ended', () => {
  const taking = (actor: Actor) =>
    RECTIFICATION_STATES.filter((state) => rectificationActions({ state }, { theCase: at('RECHECK'), orders: [], actor }).length > 0);
  expect(taking(PARTY)).toEqual(['OPEN', 'EVIDENCE_GIVEN', 'FAILED']);
  expect(taking({ ...PARTY, institution: 'S000021010004' })).toEqual([]);
  expect(taking(OTHER)).toEqual(['EVIDENCE_GIVEN']);
  expect([...taking(ELSEWHERE), ...taking(AUDITOR)]).toEqual([]);
});

it('offers the end of a follow-up once, to the people who handle the case', () => {
  const offered = (done: boolean, actor: Actor) => followUpActions({ done }, { theCase: at('RECHECK'), orders: [], actor });
  expect([offered(false, OTHER), offered(true, OTHER), offered(false, PARTY)]).toEqual([['finish'], [], []]);
});
