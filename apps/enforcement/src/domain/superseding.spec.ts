import { completed, INSTITUTION, liftedIn, WHOLE } from '../../test/orders';
import type { Measure } from './cascade';
import type { Order } from './order';
import type { Scope } from './scope';
import { supersededParts } from './superseding';

const ONE: Scope = { ...WHOLE, sessions: ['s1'] };
const TWO: Scope = { ...WHOLE, sessions: ['s1', 's2'] };
const OTHER: Scope = { ...WHOLE, certificates: [`${INSTITUTION}263000001`] };
const old = (scope: Scope): Order => ({ ...completed(['CANCEL_RESULTS', 'VOID_CERTIFICATES']), scope });
const fates = (before: Order, scope: Scope, measures: readonly Measure[]): string[] =>
  supersededParts(before, scope, measures).map(({ measure, fate }) => `${measure} ${fate}`);

describe('what becomes of an order that is replaced', () => {
  it.each<[string, readonly [Scope, Scope, Measure[]], string[]]>([
    ['the same', [ONE, ONE, ['CANCEL_RESULTS', 'VOID_CERTIFICATES']], ['CANCEL_RESULTS STAYS', 'VOID_CERTIFICATES STAYS']],
    ['more sessions', [ONE, TWO, ['CANCEL_RESULTS', 'VOID_CERTIFICATES']], ['CANCEL_RESULTS EXTENDED', 'VOID_CERTIFICATES EXTENDED']],
    ['fewer sessions', [TWO, ONE, ['CANCEL_RESULTS', 'VOID_CERTIFICATES']], ['CANCEL_RESULTS ENDS', 'VOID_CERTIFICATES ENDS']],
    ['the whole institution', [TWO, WHOLE, ['CANCEL_RESULTS']], ['CANCEL_RESULTS EXTENDED', 'VOID_CERTIFICATES ENDS']],
    ['another kind of scope', [ONE, OTHER, ['CANCEL_RESULTS']], ['CANCEL_RESULTS ENDS', 'VOID_CERTIFICATES ENDS']],
    [
      'one measure less and one more',
      [ONE, ONE, ['CANCEL_RESULTS', 'RECTIFY']],
      ['CANCEL_RESULTS STAYS', 'VOID_CERTIFICATES ENDS', 'RECTIFY EXTENDED'],
    ],
  ])('%s', (_, [before, after, measures], expected) => {
    expect(fates(old(before), after, measures)).toEqual(expected);
  });

  it('is new where the old measure was lifted already', () => {
    const lifted = liftedIn(completed(['CANCEL_RESULTS', 'VOID_CERTIFICATES']), { measures: ['VOID_CERTIFICATES'] }).next;
    expect(fates(lifted, WHOLE, ['CANCEL_RESULTS', 'VOID_CERTIFICATES'])).toEqual(['CANCEL_RESULTS STAYS', 'VOID_CERTIFICATES EXTENDED']);
    expect(fates(lifted, WHOLE, ['CANCEL_RESULTS'])).toEqual(['CANCEL_RESULTS STAYS']);
  });
});
