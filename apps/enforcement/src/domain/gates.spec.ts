import { asked, drafted, DRAFTER, FILING, later, NOW, officer, previewed, previewsOf, signed, SIGNER } from '../../test/orders';
import { checkPreview, decideDraft, decidePreview, decideSign, type DraftAsked, type Signing } from './gates';
import type { Order } from './order';

const refusal = (reason: string) => expect.objectContaining({ reason });
const signing = (order: Order, change: Partial<Signing> = {}): Signing => ({
  actor: SIGNER,
  fresh: previewsOf(order),
  documentNo: '沈人社鉴处〔2026〕1号',
  epoch: 1n,
  now: NOW,
  ...change,
});

describe('draft', () => {
  it('opens the ledger and takes name and authority from the filing', () => {
    const order = decideDraft(asked(['CANCEL_RESULTS']), FILING, NOW);
    expect(order).toMatchObject({ state: 'DRAFT', authority: '2101', institutionName: FILING.name, draftedBy: 'drafter', signature: null });
    expect(order.rows.map(({ state }) => state)).toEqual(['WAITING', 'WAITING', 'WAITING']);
  });

  it.each<[string, Partial<DraftAsked>, string]>([
    ['no ground', { grounds: [] }, 'order.no_ground'],
    ['no reason', { reason: ' \n' }, 'order.no_reason'],
    ['a reason of 2,001 characters', { reason: '理'.repeat(2_001) }, 'order.no_reason'],
    ['no measure', { measures: [] }, 'order.no_measure'],
    ['another city', { actor: officer('a', '2102') }, 'order.out_of_territory'],
    ['an auditor', { actor: { ...officer('a'), role: 'AUDITOR' } }, 'order.role_forbidden'],
    ['a transfer that replaces a decision', { measures: ['TRANSFER_TO_POLICE'], supersedes: 'o0' }, 'order.supersedes_invalid'],
    [
      'an interim stop that replaces a decision',
      { measures: ['STOP_EVALUATION'], interim: true, urgency: '证据可能灭失', endCondition: '查清事实', supersedes: 'o0' },
      'order.supersedes_invalid',
    ],
  ])('refuses %s', (_, change, reason) => {
    expect(() => decideDraft(asked(['CANCEL_RESULTS'], change), FILING, NOW)).toThrow(refusal(reason));
  });

  it('accepts a reason of 2,000 characters', () => {
    const change = { reason: '理'.repeat(2_000) };
    expect(decideDraft(asked(['CANCEL_RESULTS'], change), FILING, NOW).draftedBy).toBe('drafter');
  });

  it('is for the authority that handles the case: the province only after it took the case over, and then not the city', () => {
    const by = (authority: string) => asked(['CANCEL_RESULTS'], { actor: officer('p', authority) });
    expect(() => decideDraft(by('LN'), FILING, NOW)).toThrow(refusal('order.out_of_territory'));
    const taken = { ...FILING, handledBy: 'LN' };
    expect(decideDraft(by('LN'), taken, NOW)).toMatchObject({ authority: 'LN', filedWith: '2101' });
    expect(() => decideDraft(by('2101'), taken, NOW)).toThrow(refusal('order.out_of_territory'));
  });
});

describe('preview', () => {
  it('signs each row for what it would touch; a later preview replaces an earlier one', () => {
    const first = previewed();
    expect(first).toMatchObject({ state: 'PREVIEWED', previewedAt: NOW });
    expect(first.rows.map(({ signedCount }) => signedCount)).toEqual([1n, 2n, 3n, 4n, 5n]);
    const second = decidePreview(first, SIGNER, previewsOf(first, 2), later(5)).next;
    expect(second).toMatchObject({ state: 'PREVIEWED', previewedAt: later(5) });
    expect(second.rows[0]?.preview?.root).toEqual(Uint8Array.of(1, 2));
  });

  it('refuses a row that its service did not count', () => {
    const order = drafted();
    const previews = previewsOf(order);
    previews.delete(3);
    expect(() => decidePreview(order, DRAFTER, previews, NOW)).toThrow(refusal('order.preview_incomplete'));
  });

  it('refuses another city, and a signed order', () => {
    expect(() => checkPreview(drafted(), officer('x', '2102'))).toThrow(refusal('order.out_of_territory'));
    expect(() => checkPreview(signed(), DRAFTER)).toThrow(refusal('order.illegal_move'));
  });
});

describe('sign', () => {
  it('signs what was previewed and opens the fences', () => {
    const order = previewed();
    const { next, events } = decideSign(order, signing(order));
    expect(next).toMatchObject({ state: 'SIGNED', signature: { by: 'signer', at: NOW, documentNo: '沈人社鉴处〔2026〕1号', epoch: 1n } });
    expect(next.fences).toHaveLength(5);
    expect(events).toEqual([]);
  });

  it.each<[string, Partial<Signing>, string]>([
    ['the drafter', { actor: DRAFTER }, 'order.same_person'],
    ['another city', { actor: officer('x', '2102') }, 'order.out_of_territory'],
    ['an operator', { actor: { ...SIGNER, role: 'OPERATOR' } }, 'order.role_forbidden'],
    ['a moved root', { fresh: previewsOf(previewed(), 2) }, 'order.preview_changed'],
    ['an unanswered row', { fresh: new Map() }, 'order.preview_incomplete'],
  ])('refuses %s', (_, change, reason) => {
    const order = previewed();
    expect(() => decideSign(order, signing(order, change))).toThrow(refusal(reason));
  });

  it.each(['count', 'fen', 'people'] as const)('refuses a change by one in %s, naming the row', (what) => {
    const order = previewed();
    const fresh = previewsOf(order);
    const second = fresh.get(2);
    if (second) fresh.set(2, { ...second, [what]: second[what] + 1n });
    expect(() => decideSign(order, signing(order, { fresh }))).toThrow(
      expect.objectContaining({ reason: 'order.preview_changed', detail: expect.objectContaining({ field: 'rows[1]' }) }),
    );
  });

  it('refuses a draft, and a second signature', () => {
    expect(() => decideSign(drafted(), signing(drafted()))).toThrow(refusal('order.not_previewed'));
    expect(() => decideSign(signed(), signing(signed(), { actor: officer('third') }))).toThrow(refusal('order.illegal_move'));
  });

  it('refuses when the day of rectification has passed since the draft', () => {
    const order = previewed(['RECTIFY']);
    expect(() => decideSign(order, signing(order, { now: new Date('2026-12-30T15:59:59Z') }))).not.toThrow();
    expect(() => decideSign(order, signing(order, { now: new Date('2026-12-30T16:00:00Z') }))).toThrow(refusal('order.rectify_by_invalid'));
  });
});
