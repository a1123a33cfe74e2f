// The count over all services: the residual of each row, and the contradictions between two services (compare.ts). All services
// are asked at once. A missing answer, or one without a valid signature, is reported to `onTrouble` and absent in the result:
// never a zero.
import type { Service } from '../../domain/cascade';
import { servicesOf, type Residual, type Residuals, type Row } from '../../domain/ledger';
import { rowsToCount, type Order } from '../../domain/order';
import type { Counted } from '../../domain/residual/reopening';
import type { Attested } from '../proof/ports';
import { comparing } from './compare';
import { NOTHING, proving, type Answered, type Asking } from './proven';

export const counting = (asking: Asking) => {
  const { participants, onTrouble } = asking;
  const proven = proving(asking);
  const compare = comparing(asking);

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

  /** One call per service and decision, because each lifting has its own scope. */
  const residuals = async (order: Order): Promise<{ residuals: Residuals; attested: Attested }> => {
    const rows = rowsToCount(order);
    const ask = async (lifting: number) => {
      const own = rows.filter((row) => row.lifting === lifting);
      const of = (service: Service): Row[] => own.filter((row) => row.target.service === service);
      return { lifting, answers: await Promise.all(servicesOf(own).map((service) => countOf(order, service, of(service)))) };
    };
    const counts = await Promise.all([...new Set(rows.map(({ lifting }) => lifting))].map(ask));
    return {
      residuals: new Map(counts.flatMap(({ answers }) => answers.flatMap(({ found }) => found))),
      attested: new Map(counts.map(({ lifting, answers }) => [lifting, answers.flatMap(({ signed }) => signed)])),
    };
  };

  /** Cross-checks run only after each service's own count is zero; before that, they would repeat the same residual. */
  return async (order: Order): Promise<Counted & { readonly attested: Attested }> => {
    const counted = await residuals(order);
    const isZero = rowsToCount(order).every((row) => counted.residuals.get(row.number)?.count === 0n);
    if (!isZero) return { ...counted, findings: new Map() };
    const { found, signed } = await compare(order);
    // Cross-checks compare the order's own rows.
    const own = signed.length === 0 ? [] : [[0, [...(counted.attested.get(0) ?? []), ...signed]] as const];
    return { ...counted, findings: new Map(found), attested: new Map([...counted.attested, ...own]) };
  };
};

export type Count = ReturnType<typeof counting>;
