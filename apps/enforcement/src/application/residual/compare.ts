// The comparison between services: one service lists its changed records page by page, the other returns the records that
// contradict exactly these ids. Both services sign their part, so that no id can be left out on the way.
import type { Order } from '../../domain/order';
import type { Attestation } from '../../domain/proof';
import { checksOf, type AskedCheck, type CheckWord, type Found } from '../../domain/residual/cross-checks';
import type { AffectedPage } from '../ports';
import { NOTHING, proving, type Answered, type Asking } from './proven';

/** Ids per page. Several pages are in flight at once; with twice this size enforcement exceeded its memory at a million records. */
const PAGE = 10_000;
const SAMPLE = 10;

/** Checks with the same ids read them once. */
const sharing = (checks: readonly AskedCheck[]): AskedCheck[][] => {
  const groups = new Map<string, AskedCheck[]>();
  for (const one of checks) {
    const key = JSON.stringify([one.from.number, one.link, one.without]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
};

const plus = (before: Found, ids: number, found: Omit<Found, 'checked'>): Found => ({
  checked: before.checked + BigInt(ids),
  contradictions: before.contradictions + found.contradictions,
  sample: [...before.sample, ...found.sample].slice(0, SAMPLE),
});

/** The results of the order's checks; a check without an answer is reported to `onTrouble` and absent. */
export const comparing = (asking: Asking) => {
  const { participants, onTrouble } = asking;
  const proven = proving(asking);

  /** A list must be signed for all checks of the group, or it would prove nothing for the other checks. */
  const checkShared = (group: readonly AskedCheck[], { checks }: AffectedPage): void => {
    const other = group.find(({ check }) => !checks.includes(check));
    if (other) throw new Error(`the list for ${checks.join(', ')} is not the one that ${other.check} starts from`);
  };

  /** The contradictions of a page, by check of the group. An empty page needs no call. */
  const contradict = (order: Order, group: readonly AskedCheck[], page: AffectedPage) =>
    Promise.all(
      (page.count === 0 ? [] : group).map(async ({ check, against }) => ({
        check,
        ...proven(order, await participants.findContradictions(against.target.service, { orderId: order.id, check, page })),
      })),
    );

  /** Page by page; the next page is read while this page is compared. */
  const compare = async (order: Order, group: readonly AskedCheck[]): Promise<Answered<[CheckWord, Found]>> => {
    const [first] = group;
    if (!first) return NOTHING;
    const page = async (after: string) =>
      proven(
        order,
        await participants.listAffected(first.from.target.service, {
          orderId: order.id,
          row: first.from.number,
          check: first.check,
          without: first.without,
          after,
          limit: PAGE,
        }),
      );
    const found = new Map<CheckWord, Found>(group.map(({ check }) => [check, { checked: 0n, contradictions: 0n, sample: [] }]));
    const signed: Attestation[] = [];
    for (let current = await page(''); ;) {
      const { count: ids, next } = current;
      checkShared(group, current);
      const [following, answers] = await Promise.all([next === '' ? undefined : page(next), contradict(order, group, current)]);
      for (const { check, ...answer } of answers) found.set(check, plus(found.get(check) as Found, ids, answer));
      signed.push(current.attestation, ...answers.map(({ attestation }) => attestation));
      if (!following) return { found: [...found], signed };
      current = following;
    }
  };

  return async (order: Order): Promise<Answered<[CheckWord, Found]>> => {
    const groups = sharing(checksOf(order)).map((group) =>
      compare(order, group).catch((failure: unknown) => {
        for (const { against } of group) onTrouble({ orderId: order.id, service: against.target.service, step: 'residual', failure });
        return NOTHING;
      }),
    );
    const answers = await Promise.all(groups);
    return { found: answers.flatMap(({ found }) => [...found]), signed: answers.flatMap(({ signed }) => [...signed]) };
  };
};
