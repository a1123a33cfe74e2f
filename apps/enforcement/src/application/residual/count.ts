// The count over all services: what of each row is not as demanded, and what contradicts between two services. Every service is
// asked at once; one that does not answer is told to `onTrouble` and is missing in the result: never a zero.
import type { Service } from '../../domain/cascade';
import { servicesOf, type Residuals, type Row } from '../../domain/ledger';
import { rowsToCount, type Order } from '../../domain/order';
import { checksOf, type AskedCheck, type CheckWord, type Findings, type Found } from '../../domain/residual/cross-checks';
import type { Counted } from '../../domain/residual/reopening';
import type { Participants } from '../ports';

const PAGE = 20_000;
const SAMPLE = 10;

interface Deps {
  readonly participants: Participants;
  readonly onTrouble: (trouble: { orderId: string; service: Service; step: 'residual'; failure: unknown }) => void;
}

/** Checks that start from the same ids read them once. */
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

export const counting = ({ participants, onTrouble }: Deps) => {
  const countOf = async (order: Order, service: Service, rows: readonly Row[]): Promise<Residuals> => {
    try {
      return await participants.countResidual(service, order, rows);
    } catch (failure) {
      onTrouble({ orderId: order.id, service, step: 'residual', failure });
      return new Map();
    }
  };

  /** One question to each service for each decision: a lifting has a scope of its own. */
  const residuals = async (order: Order): Promise<Residuals> => {
    const rows = rowsToCount(order);
    const questions = servicesOf(rows).flatMap((service) => {
      const own = rows.filter((row) => row.target.service === service);
      return [...new Set(own.map(({ lifting }) => lifting))].map((number) => ({
        service,
        rows: own.filter(({ lifting }) => lifting === number),
      }));
    });
    const counts = await Promise.all(questions.map((question) => countOf(order, question.service, question.rows)));
    return new Map(counts.flatMap((count) => [...count]));
  };

  /** Page by page, the next page being read while this one is compared. */
  const compare = async (order: Order, group: readonly AskedCheck[]): Promise<[CheckWord, Found][]> => {
    const [first] = group;
    if (!first) return [];
    const page = (after: string) =>
      participants.listAffected(first.from.target.service, {
        orderId: order.id,
        row: first.from.number,
        check: first.check,
        without: first.without,
        after,
        limit: PAGE,
      });
    const found = new Map<CheckWord, Found>(group.map(({ check }) => [check, { checked: 0n, contradictions: 0n, sample: [] }]));
    for (let current = await page(''); ;) {
      const { ids, next } = current;
      const [following] = await Promise.all([
        next === '' ? undefined : page(next),
        ...group.map(async ({ check, against }) => {
          const answer =
            ids.length === 0
              ? { contradictions: 0n, sample: [] }
              : await participants.findContradictions(against.target.service, { orderId: order.id, check, ids });
          found.set(check, plus(found.get(check) as Found, ids.length, answer));
        }),
      ]);
      if (!following) return [...found];
      current = following;
    }
  };

  const findings = async (order: Order): Promise<Findings> => {
    const groups = sharing(checksOf(order)).map((group) =>
      compare(order, group).catch((failure: unknown): [CheckWord, Found][] => {
        for (const { against } of group) onTrouble({ orderId: order.id, service: against.target.service, step: 'residual', failure });
        return [];
      }),
    );
    return new Map((await Promise.all(groups)).flat());
  };

  /** The checks between services are made once each service's own count is zero: before, they would only say it twice. */
  return async (order: Order): Promise<Counted> => {
    const counted = await residuals(order);
    const isZero = rowsToCount(order).every((row) => counted.get(row.number)?.count === 0n);
    return { residuals: counted, findings: isZero ? await findings(order) : new Map() };
  };
};

export type Count = ReturnType<typeof counting>;
