import { gatesOfDraft, signObstacle } from './may-sign';

const draft = { orderId: 'o2', draftedBy: 'drafter', interim: false, measures: ['STOP_EVALUATION' as const] };
const open = { gate: 'DECIDED', title: '已作出处理决定', open: true, missing: '' };
const closed = { gate: 'PUBLISHED', title: '决定已公开', open: false, missing: '处理决定尚未公开' };
const entry = { number: 1, byName: '', text: '', documentIds: [], attachmentIds: [], orderId: '' };
const file = {
  ...{ orderIds: ['o1', 'o2'], gates: [open], decider: 'decider', verifiers: ['v1', 'v2'], legalChecker: 'legal' },
  entries: [{ ...entry, step: 'APPROVE_TRANSFER' as const, by: 'approver' }],
};

describe('who may sign', () => {
  it.each([
    ['the drafter', draft, file, 'drafter', /起草人/],
    ['whoever comes while a gate is closed', draft, { ...file, gates: [open, closed] }, 'decider', /决定已公开.*尚未公开/],
    ['a verifier', draft, file, 'v2', /核查人员/],
    ['the legal checker', draft, file, 'legal', /法制审核/],
    ['another than the decider', draft, file, 'other', /作出决定的负责人/],
    ['the decider of a transfer', { ...draft, measures: ['TRANSFER_TO_POLICE' as const] }, file, 'decider', /批准移送/],
  ])('not %s', (...[, order, theFile, me, message]) => {
    expect(signObstacle(order, theFile, me)).toMatch(message);
  });

  it.each([
    ['the decider', draft, file, 'decider'],
    ['any other officer, ahead of the decision', { ...draft, interim: true }, { ...file, decider: '' }, 'other'],
    ['the approver of a transfer', { ...draft, measures: ['TRANSFER_TO_POLICE' as const] }, file, 'approver'],
    ['an officer whose file has not come: enforcement says it', draft, undefined, 'other'],
  ])('%s', (_, order, theFile, me) => {
    expect(signObstacle(order, theFile, me)).toBeUndefined();
  });

  it('shows no gates of another draft', () => {
    expect(gatesOfDraft(draft, { orderIds: ['o2', 'o3'], gates: [closed] })).toEqual([]);
    expect(gatesOfDraft(draft, file)).toEqual([open]);
  });
});
