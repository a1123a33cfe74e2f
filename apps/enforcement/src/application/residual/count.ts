// The count over all services: what of each row is not as demanded, and what contradicts between two services. Every service is
// asked at once; one that does not answer, or whose answer it has not signed, is told to `onTrouble` and is missing in the
// result: never a zero.
import type { Service } from '../../domain/cascade';
import { servicesOf, type Residual, type Residuals, type Row } from '../../domain/ledger';
import { rowsToCount, type Order } from '../../domain/order';
import { checksOf, type AskedCheck, type CheckWord, type Findings, type Found } from '../../domain/residual/cross-checks';
import type { Attestation } from '../../domain/proof';
import type { Counted } from '../../domain/residual/reopening';
import type { AffectedPage, Attesting, Participants } from '../ports';
import type { Attestations, Attested } from '../proof/ports';

const PAGE = 20_000;
const SAMPLE = 10;

interface Deps {
  readonly participants: Participants;
  readonly attestations: Pick<Attestations<never>, 'check'>;
  readonly now: () => Date;
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

/** What one question came to, and what was signed of it. */
interface Answered<Found> {
  readonly found: readonly Found[];
  readonly signed: readonly Attestation[];
}

const NOTHING = { found: [], signed: [] };

export const counting = ({ participants, attestations, now, onTrouble }: Deps) => {
  /** The answer, if its service has signed it well. */
  const proven = <Answer>(order: Order, answer: Attesting<Answer>): Answer & { readonly attestation: Attestation } => {
    const { attestation } = answer;
    attestations.check(order, attestation, now());
    if (!attestation) throw new Error(`an answer about order ${order.id} passed without its signature`);
    return { ...answer, attestation };
  };

  const countOf = async (
    order: Order,
    service: Service,
    rows: readonly Row[],
  ): Promise<Answered<readonly [number, Omit<Residual, 'at'>]>> => {
    try {
      const { residuals, attestation } = proven(order, await participants.countResidual(service, order, rows));
      return { found: [...residuals], signed: [attestation] };
    } catch (failure) {
      onTrouble({ orderId: order.id, service, step: 'residual', failure });
      return NOTHING;
    }
  };

  /** One question to each service for each decision: a lifting has a scope of its own. */
  const residuals = async (order: Order): Promise<{ residuals: Residuals; attested: Attested }> => {
    const rows = rowsToCount(order);
    const liftings = [...new Set(rows.map(({ lifting }) => lifting))];
    const counts = await Promise.all(
      liftings.map(async (number) => {
        const own = rows.filter(({ lifting }) => lifting === number);
        const asked = servicesOf(own).map((service) =>
          countOf(
            order,
            service,
            own.filter((row) => row.target.service === service),
          ),
        );
        return { number, answers: await Promise.all(asked) };
      }),
    );
    return {
      residuals: new Map(counts.flatMap(({ answers }) => answers.flatMap(({ found }) => found))),
      attested: new Map(counts.map(({ number, answers }) => [number, answers.flatMap(({ signed }) => signed)])),
    };
  };

  /** What contradicts a page, by each check of the group. An empty page is nobody asked about. */
  const contradict = (order: Order, group: readonly AskedCheck[], page: AffectedPage) =>
    Promise.all(
      (page.ids.length === 0 ? [] : group).map(async ({ check, against }) => ({
        check,
        ...proven(order, await participants.findContradictions(against.target.service, { orderId: order.id, check, page })),
      })),
    );

  /** Page by page, the next page being read while this one is compared. */
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
      const { ids, next } = current;
      const [following, answers] = await Promise.all([next === '' ? undefined : page(next), contradict(order, group, current)]);
      for (const { check, ...answer } of answers) found.set(check, plus(found.get(check) as Found, ids.length, answer));
      signed.push(current.attestation, ...answers.map(({ attestation }) => attestation));
      if (!following) return { found: [...found], signed };
      current = following;
    }
  };

  const findings = async (order: Order): Promise<{ findings: Findings; signed: readonly Attestation[] }> => {
    const groups = sharing(checksOf(order)).map((group) =>
      compare(order, group).catch((failure: unknown) => {
        for (const { against } of group) onTrouble({ orderId: order.id, service: against.target.service, step: 'residual', failure });
        return NOTHING;
      }),
    );
    const answers = await Promise.all(groups);
    return { findings: new Map(answers.flatMap(({ found }) => found)), signed: answers.flatMap(({ signed }) => signed) };
  };

  /** The checks between services are made once each service's own count is zero: before, they would only say it twice. */
  return async (order: Order): Promise<Counted & { readonly attested: Attested }> => {
    const counted = await residuals(order);
    const isZero = rowsToCount(order).every((row) => counted.residuals.get(row.number)?.count === 0n);
    if (!isZero) return { ...counted, findings: new Map() };
    const compared = await findings(order);
    // What is compared between services are the order's own rows.
    const own = [...(counted.attested.get(0) ?? []), ...compared.signed];
    const attested = own.length === 0 ? counted.attested : new Map([...counted.attested, [0, own] as const]);
    return { ...counted, findings: compared.findings, attested };
  };
};

export type Count = ReturnType<typeof counting>;
